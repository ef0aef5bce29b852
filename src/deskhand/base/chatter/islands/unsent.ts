/** What is being written is kept by the server while one writes: text after a short pause, files at once. */
import { cookie } from "../../../../../frontend/cookies";

const PAUSE_MS = 700;

export class Unsent {
  private timer = 0;
  private dirty = false;
  private saving: Promise<void> | null = null;

  constructor(
    private readonly form: HTMLFormElement,
    private readonly base: string,
  ) {}

  /** Whether something was typed that the server does not know yet. */
  get isPending(): boolean {
    return this.dirty;
  }

  /** Somebody typed. */
  touch(): void {
    this.dirty = true;
    this.show(false);
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.saveInTurn(), PAUSE_MS);
  }

  /** It is being sent: only if that fails is there something to keep again. */
  pause(): void {
    window.clearTimeout(this.timer);
  }

  /** It was sent: there is nothing to keep, whatever arrives late. */
  sent(): void {
    window.clearTimeout(this.timer);
    this.dirty = false;
    void this.saving?.then(() => this.post(`${this.base}unsent/`, typedIn(this.form)));
    this.show(false);
    this.list?.replaceChildren();
    for (const called of this.form.querySelectorAll("input[name=mention]")) called.remove();
  }

  /** Now, also while the page goes away. */
  async save(): Promise<void> {
    window.clearTimeout(this.timer);
    if (!this.dirty) return;
    this.dirty = false;
    const kept = await this.post(`${this.base}unsent/`, typedIn(this.form));
    if (kept?.ok) this.show(true);
    else this.dirty = true;
  }

  /** One after the other: an older text must not arrive last. */
  private async saveInTurn(): Promise<void> {
    while (this.saving) await this.saving;
    this.saving = this.save().finally(() => {
      this.saving = null;
    });
    await this.saving;
  }

  /**
   * Sends chosen files ahead, each by itself, so that one that is refused takes no other along: why stands below the
   * text in words. Answers those that did not arrive, for the form to send.
   */
  async keepFiles(files: File[]): Promise<File[]> {
    for (const error of this.list?.querySelectorAll(".dh-error") ?? []) error.remove();
    const left: File[] = [];
    for (const file of files) if (!(await this.keepFile(file))) left.push(file);
    return left;
  }

  private async keepFile(file: File): Promise<boolean> {
    const body = new FormData();
    body.set("composer", this.composer);
    body.set("uploads", file);
    const answer = await this.post(`${this.base}unsent/files/`, body);
    if (!answer || (!answer.ok && answer.status !== 422)) return false;
    this.list?.insertAdjacentHTML("beforeend", await answer.text());
    return true;
  }

  async drop(button: HTMLElement): Promise<void> {
    const gone = await fetch(button.dataset["drop"] ?? "", { method: "DELETE", headers: { "X-CSRFToken": cookie("csrftoken") } });
    if (gone.ok) button.closest("li")?.remove();
  }

  private get composer(): string {
    return this.form.dataset["composer"] ?? "message";
  }

  private get list(): HTMLElement | null {
    return this.form.querySelector(".dh-kept");
  }

  private show(saved: boolean): void {
    const mark = this.form.querySelector<HTMLElement>("[data-saved]");
    if (mark) mark.hidden = !saved;
  }

  private async post(url: string, body: FormData): Promise<Response | null> {
    try {
      return await fetch(url, { method: "POST", body, headers: { "X-CSRFToken": cookie("csrftoken") }, keepalive: !body.has("uploads") });
    } catch {
      return null;
    }
  }
}

/** The part of a composer that is kept. */
export function typedIn(form: HTMLFormElement): FormData {
  const typed = new FormData(form);
  const kept = new FormData();
  kept.set("composer", form.dataset["composer"] ?? "message");
  for (const name of ["body", "cc"]) kept.set(name, typed.get(name) ?? "");
  for (const called of typed.getAll("mention")) kept.append("mention", called);
  return kept;
}
