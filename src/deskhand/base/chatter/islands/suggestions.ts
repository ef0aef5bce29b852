/**
 * Suggestions while one writes: `@` calls a colleague, `:` inserts a canned response. The text area stays a text area;
 * arrows go through the list, Enter or Tab takes, Escape leaves what was typed. Who presses Enter before the server has
 * answered to all that was typed takes what it answers.
 */
import { step } from "../../contacts/islands/contact-picker";

/** What is being typed at the caret: the sign, where it stands, and the words after it. */
export interface Trigger {
  sign: "@" | ":";
  start: number;
  query: string;
}

const LONGEST_QUERY = 40;
const PAUSE_MS = 120;
let count = 0;

/**
 * The sign that the caret stands behind, if it begins a word. A name may have blanks, a shortcut has none; behind a name
 * of `called` the sentence goes on.
 */
export function triggerAt(text: string, caret: number, called: string[] = []): Trigger | null {
  const before = text.slice(Math.max(0, caret - LONGEST_QUERY - 1), caret);
  const found = /(?:^|\s)(:)([\p{L}\p{N}_-]*)$/u.exec(before) ?? /(?:^|[\s([{"'])(@)([^\s@][^@\n]*)?$/u.exec(before);
  if (!found) return null;
  const query = found[2] ?? "";
  if (found[1] === "@" && called.some((name) => begins(`@${query}`, name))) return null;
  return { sign: found[1] as "@" | ":", start: caret - query.length - 1, query };
}

/** Whether a text begins with a name, and not with a longer one. */
function begins(text: string, name: string): boolean {
  return text.startsWith(name) && !/^[\p{L}\p{N}]/u.test(text.slice(name.length));
}

/** The text with `inserted` instead of what was typed, and where the caret goes. */
export function replaced(text: string, trigger: Trigger, inserted: string): { text: string; caret: number } {
  const end = trigger.start + 1 + trigger.query.length;
  const blank = trigger.sign === "@" && !/^\s/.test(text.slice(end)) ? " " : "";
  const caret = trigger.start + inserted.length + (trigger.sign === "@" ? 1 : 0);
  return { text: text.slice(0, trigger.start) + inserted + blank + text.slice(end), caret };
}

export class Suggestions {
  private readonly list = document.createElement("ul");
  private trigger: Trigger | null = null;
  private asking: AbortController | null = null;
  private timer = 0;
  private place = -1;
  private isAsking = false;
  private isEntered = false;
  /** Nothing was found for this beginning; more letters find no more. */
  private vain = "";
  /** What was chosen, as it stands in the text. */
  private readonly called: string[] = [];

  constructor(
    private readonly area: HTMLTextAreaElement,
    private readonly base: string,
  ) {
    count += 1;
    this.list.id = `dh-suggestions-${count}`;
    this.list.className = "dh-menu-pop dh-contacts-list dh-suggestions";
    this.list.hidden = true;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", area.labels[0]?.textContent ?? "");
    area.after(this.list);
    area.setAttribute("aria-autocomplete", "list");
    area.setAttribute("aria-controls", this.list.id);
    area.addEventListener("input", this.look);
    area.addEventListener("click", this.look);
    area.addEventListener("keydown", this.onKey);
    area.addEventListener("blur", this.close);
    this.list.addEventListener("mousedown", this.onPress);
  }

  /** Puts the sign where the caret is, so that the list opens. */
  begin(sign: string): void {
    const { selectionStart: caret, value } = this.area;
    const blank = caret > 0 && !/\s/.test(value.charAt(caret - 1)) ? " " : "";
    this.area.setRangeText(blank + sign, caret, this.area.selectionEnd, "end");
    this.area.focus();
    this.area.dispatchEvent(new Event("input", { bubbles: true }));
  }

  private readonly look = (): void => {
    window.clearTimeout(this.timer);
    this.asking?.abort();
    if (!this.list.isConnected) this.area.after(this.list); // the server, which drew this anew, does not know it
    this.trigger = triggerAt(this.area.value, this.area.selectionStart, this.called);
    const typed = this.trigger ? this.trigger.sign + this.trigger.query : "";
    if (!this.trigger || (this.vain && typed.startsWith(this.vain))) {
      this.close();
      return;
    }
    this.isAsking = true;
    this.isEntered = false;
    this.timer = window.setTimeout(() => void this.ask(), PAUSE_MS);
  };

  private async ask(): Promise<void> {
    const { trigger } = this;
    if (!trigger) return;
    const asking = (this.asking = new AbortController());
    const door = trigger.sign === "@" ? "mentions" : "canned";
    const url = `${this.base}${door}/?q=${encodeURIComponent(trigger.query)}`;
    try {
      const response = await fetch(url, { signal: asking.signal });
      if (!response.ok || response.redirected) this.close();
      else this.offer(await response.text(), trigger);
    } catch {
      if (!asking.signal.aborted) this.close();
    }
  }

  private offer(html: string, trigger: Trigger): void {
    this.list.innerHTML = html;
    this.options.forEach((option, index) => (option.id = `${this.list.id}-${index}`));
    this.vain = this.options.length ? "" : trigger.sign + trigger.query;
    // After several words that are nobody's name, somebody writes a sentence.
    this.list.hidden = !this.options.length && /\s/.test(trigger.query);
    this.mark(this.options.length ? 0 : -1);
    this.isAsking = false;
    if (this.isEntered) this.take(this.options[this.place]);
  }

  private get options(): HTMLElement[] {
    return [...this.list.querySelectorAll<HTMLElement>("[role=option]")];
  }

  private mark(place: number): void {
    this.place = place;
    this.options.forEach((option, index) => {
      option.setAttribute("aria-selected", String(index === place));
    });
    const marked = this.options[place];
    marked?.scrollIntoView({ block: "nearest" });
    if (marked) this.area.setAttribute("aria-activedescendant", marked.id);
    else this.area.removeAttribute("aria-activedescendant");
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    if (this.list.hidden) return;
    if (event.key === "Escape") this.close();
    else if ((event.key === "Enter" || event.key === "Tab") && this.place >= 0 && !event.ctrlKey && !event.metaKey) this.enter();
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") this.mark(step(this.place, event.key === "ArrowDown" ? 1 : -1, this.options.length));
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  private enter(): void {
    if (this.isAsking) this.isEntered = true;
    else this.take(this.options[this.place]);
  }

  // Pressing must not take the focus from the field: the list would close before it is clicked.
  private readonly onPress = (event: MouseEvent): void => {
    event.preventDefault();
    const option = (event.target as Element).closest<HTMLElement>("[role=option]");
    if (option) this.take(option);
  };

  private take(option: HTMLElement | undefined): void {
    const { trigger } = this;
    if (!option || !trigger) return;
    const chosen = option.dataset["text"] ?? "";
    const made = replaced(this.area.value, trigger, chosen);
    this.area.value = made.text;
    this.area.setSelectionRange(made.caret, made.caret);
    if (trigger.sign === "@") {
      this.called.push(chosen);
      this.note(option.dataset["pk"] ?? "");
    }
    this.close();
    this.area.dispatchEvent(new Event("input", { bubbles: true }));
  }

  /** The server is told who is meant: names are not unique. Whether the name still stands there, it sees itself. */
  private note(key: string): void {
    const form = this.area.form;
    if (!form || form.querySelector(`input[name=mention][value="${key}"]`)) return;
    const input = Object.assign(document.createElement("input"), { type: "hidden", name: "mention", value: key });
    this.area.after(input);
  }

  private readonly close = (): void => {
    window.clearTimeout(this.timer);
    this.asking?.abort();
    this.isAsking = this.isEntered = false;
    this.list.hidden = true;
    this.mark(-1);
  };
}
