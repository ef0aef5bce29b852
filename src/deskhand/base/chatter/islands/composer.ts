/**
 * The composer: two tabs that keep what was typed, and Ctrl+Enter to send. What is not sent yet stays when something
 * else about the conversation is drawn anew, and is kept by the server, so that no crash loses it. Suggestions come
 * while one writes; above the messages there is a search.
 */
import { here } from "../../../../../frontend/shell/presence";
import { chooseTab } from "../../../../../frontend/shell/tabs";
import { isSignIn } from "../../../../../frontend/shell/toasts";
import { Suggestions } from "./suggestions";
import { Unsent } from "./unsent";

/** Whether somebody began to write in the form. */
export function hasDraft(form: HTMLFormElement): boolean {
  return [...new FormData(form)].some(([name, value]) =>
    value instanceof File ? value.size > 0 || value.name !== "" : DRAFTED.has(name) && value.trim() !== "",
  );
}

/** Whether a message would reach nobody: no recipient is ticked, no address is in Cc. Where nobody follows, that is said once writing begins. */
export function reachesNobody(form: HTMLFormElement): boolean {
  const [typed, copies] = [new FormData(form), form.elements.namedItem("cc")];
  if (!(copies instanceof HTMLInputElement) || copies.value.trim() !== "" || typed.has("to")) return false;
  return hasDraft(form) || form.elements.namedItem("to") !== null;
}

/** Takes out what was sent. */
export function empty(form: HTMLFormElement): void {
  form.reset();
  for (const name of DRAFTED) {
    const control = form.elements.namedItem(name);
    if (control instanceof HTMLTextAreaElement || control instanceof HTMLInputElement) control.value = "";
  }
}

/** What was typed since a text was sent: it is no part of what was sent. */
export function since(sent: string, typed: string): string {
  return typed.startsWith(sent) ? typed.slice(sent.length).trimStart() : typed;
}

const DRAFTED = new Set(["body", "cc"]);
const REFUSED = 422;

class Composer extends HTMLElement {
  private readonly drafts = new Map<HTMLFormElement, Unsent>();
  private readonly suggestions = new Map<HTMLTextAreaElement, Suggestions>();
  /** Text of a form as it was sent, until the answer is here. */
  private readonly onTheWay = new Map<HTMLFormElement, string>();
  /** Uploads of a form that have not arrived. */
  private readonly uploads = new Map<HTMLFormElement, number>();
  /** To be sent as soon as their files have arrived. */
  private readonly ready = new Set<HTMLFormElement>();

  connectedCallback(): void {
    this.addEventListener("click", this.onClick);
    this.addEventListener("keydown", this.sendOnCtrlEnter);
    this.addEventListener("focusin", this.prepare);
    for (const kind of ["input", "change", "htmx:afterRequest"]) this.addEventListener(kind, this.keepDrafts);
    this.addEventListener("input", this.onType);
    this.addEventListener("change", this.onFiles);
    this.addEventListener("paste", this.onPaste);
    for (const kind of ["dragover", "dragleave", "drop"]) this.addEventListener(kind, this.onDrag);
    this.addEventListener("htmx:beforeOnLoad", this.letAnswerIn);
    this.addEventListener("htmx:configRequest", this.onSend);
    window.addEventListener("beforeunload", this.onLeave);
    window.addEventListener("pagehide", this.onHide);
    if (this.dataset["here"]) here(this.dataset["here"]);
    this.keepDrafts();
  }

  disconnectedCallback(): void {
    window.removeEventListener("beforeunload", this.onLeave);
    window.removeEventListener("pagehide", this.onHide);
  }

  private get base(): string {
    return this.dataset["base"] ?? "";
  }

  private get forms(): HTMLFormElement[] {
    return [...this.querySelectorAll<HTMLFormElement>("form.dh-composer")];
  }

  private draftOf(form: HTMLFormElement): Unsent {
    const known = this.drafts.get(form) ?? new Unsent(form, this.base);
    this.drafts.set(form, known);
    return known;
  }

  /** Suggestions are made for a text area when somebody goes into it; a page that was drawn anew has others. */
  private readonly prepare = (event: Event): void => {
    if (event.target instanceof HTMLTextAreaElement && event.target.matches(".dh-write")) this.suggestionsFor(event.target);
  };

  private suggestionsFor(area: HTMLTextAreaElement): Suggestions {
    const made = this.suggestions.get(area) ?? new Suggestions(area, this.base);
    this.suggestions.set(area, made);
    return made;
  }

  private readonly onClick = (event: Event): void => {
    const target = event.target as Element;
    const tab = target.closest<HTMLElement>('[role="tab"]');
    if (tab) chooseTab(tab)?.querySelector<HTMLElement>("textarea")?.focus();
    const insert = target.closest<HTMLElement>("[data-insert]");
    const area = insert?.closest("form")?.querySelector<HTMLTextAreaElement>(".dh-write");
    if (insert && area) this.suggestionsFor(area).begin(insert.dataset["insert"] ?? "");
    const drop = target.closest<HTMLElement>("[data-drop]");
    const form = drop?.closest("form");
    if (drop && form) void this.draftOf(form).drop(drop);
    const search = target.closest<HTMLElement>("[data-searches]");
    if (search) this.toggleSearch(search);
  };

  /** Closing the search shows the whole conversation again. */
  private toggleSearch(button: HTMLElement): void {
    const box = this.querySelector<HTMLElement>("#chat-search");
    const form = box?.querySelector("form");
    if (!box || !form) return;
    box.hidden = !box.hidden;
    button.setAttribute("aria-expanded", String(!box.hidden));
    if (!box.hidden) form.querySelector("input")?.focus();
    else if (isNarrowed(form)) {
      form.reset();
      window.htmx.trigger(form, "dh:search", {});
    }
  }

  private readonly onType = (event: Event): void => {
    const form = (event.target as Element).closest<HTMLFormElement>("form.dh-composer");
    const name = (event.target as HTMLInputElement).name;
    if (!form || !DRAFTED.has(name)) return;
    this.draftOf(form).touch();
    if (this.dataset["here"]) here(this.dataset["here"], true);
  };

  private readonly onFiles = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    const form = input.closest<HTMLFormElement>("form.dh-composer");
    if (!form || input.type !== "file" || !input.files?.length) return;
    const upload = input.closest<HTMLElement & { leave?: (files: File[]) => void }>("dh-upload");
    const files = [...input.files];
    this.uploads.set(form, (this.uploads.get(form) ?? 0) + 1);
    void this.draftOf(form)
      .keepFiles(files)
      .then((left) => {
        upload?.leave?.(left);
      })
      .finally(() => {
        this.uploads.set(form, (this.uploads.get(form) ?? 1) - 1);
        if (!this.uploads.get(form) && this.ready.delete(form)) form.requestSubmit();
      });
  };

  /** A picture in the clipboard becomes a file of what is being written; text is pasted as ever. */
  private readonly onPaste = (event: ClipboardEvent): void => {
    const upload = uploadOf(event.target);
    const files = filesOf(event.clipboardData);
    if (!upload || files.length === 0) return;
    event.preventDefault();
    upload.add(files);
  };

  /** Files may be dropped anywhere on the composer; the bar with the paper clip takes them by itself. */
  private readonly onDrag = (event: Event): void => {
    if (!(event instanceof DragEvent) || !event.dataTransfer?.types.includes("Files")) return;
    const form = (event.target as Element).closest<HTMLFormElement>("form.dh-composer");
    form?.toggleAttribute("data-over", event.type === "dragover");
    if (event.defaultPrevented || event.type === "dragleave" || !form) return;
    event.preventDefault();
    if (event.type === "drop") uploadOf(form)?.add(filesOf(event.dataTransfer));
  };

  private readonly keepDrafts = (): void => {
    for (const form of this.forms) {
      this.keep(form, hasDraft(form));
      const warning = form.querySelector<HTMLElement>("#message-nobody");
      if (warning) warning.hidden = !reachesNobody(form);
    }
  };

  /** What is sent now needs not be kept any more. Files that are still on their way are waited for. */
  private readonly onSend = (event: Event): void => {
    const form = this.forms.find((one) => one === event.target);
    if (!form) return;
    if (this.uploads.get(form)) {
      event.preventDefault();
      this.ready.add(form);
      return;
    }
    this.drafts.get(form)?.pause();
    this.onTheWay.set(form, bodyOf(form)?.value ?? "");
  };

  /** The answer to the form itself: empty if it was sent, else what was typed with what is wrong with it. */
  private readonly letAnswerIn = (event: Event): void => {
    const { elt, xhr } = (event as CustomEvent<{ elt: Element; xhr: XMLHttpRequest }>).detail;
    const form = this.forms.find((one) => one === elt);
    if (!form || isSignIn(xhr.responseText) || (xhr.status >= 300 && xhr.status !== REFUSED)) return;
    if (xhr.status === REFUSED) this.keep(form, false);
    else this.goOn(form);
  };

  /** It was sent. Who typed on meanwhile goes on. */
  private goOn(form: HTMLFormElement): void {
    const body = bodyOf(form);
    const more = since(this.onTheWay.get(form) ?? "", body?.value ?? "");
    empty(form);
    this.draftOf(form).sent();
    if (body && more) {
      body.value = more;
      this.draftOf(form).touch();
    }
    this.keep(form, hasDraft(form));
  }

  /** Only what a person fills in: who else follows by now may still appear among the recipients. */
  private keep(form: HTMLFormElement, kept: boolean): void {
    for (const part of form.querySelectorAll(".dh-pick, .dh-cc, .body, .dh-kept")) part.toggleAttribute("data-keep", kept);
  }

  private readonly onLeave = (event: BeforeUnloadEvent): void => {
    const unsaved = [...this.drafts.values()].some((draft) => draft.isPending);
    if (unsaved || this.querySelector("dh-upload[data-keep]")) event.preventDefault();
  };

  private readonly onHide = (): void => {
    for (const draft of this.drafts.values()) void draft.save();
  };

  private readonly sendOnCtrlEnter = (event: KeyboardEvent): void => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    const form = (event.target as Element).closest("form");
    const button = form?.querySelector<HTMLButtonElement>(".dh-send");
    if (!form || !button) return;
    event.preventDefault();
    if (!button.disabled) form.requestSubmit(); // while it is being sent, it is not sent again
  };
}

/** Files of the clipboard or of what is dragged; where text comes along, as from a spreadsheet, the text is meant. */
export function filesOf(data: DataTransfer | null): File[] {
  return data && data.getData("text/plain") === "" ? [...data.files] : [];
}

function bodyOf(form: HTMLFormElement): HTMLTextAreaElement | null {
  return form.querySelector<HTMLTextAreaElement>("textarea[name=body]");
}

function uploadOf(target: EventTarget | null): (Element & { add: (files: File[]) => void }) | null {
  const form = (target as Element).closest("form.dh-composer");
  return form?.querySelector<HTMLElement & { add: (files: File[]) => void }>("dh-upload") ?? null;
}

function isNarrowed(form: HTMLFormElement): boolean {
  return [...new FormData(form).values()].some(Boolean);
}

customElements.define("dh-composer", Composer);
