/**
 * `<dh-suggest data-url="…">` around the field of a search box: while one types, the server says what could be meant,
 * field by field; arrows point at one, Enter takes it. Enter alone searches everywhere, as without script.
 */

/** The place one step away among `count` suggestions; -1: none, the field itself. */
export function pointedAfter(key: string, place: number, count: number): number {
  if (key === "ArrowDown") return place + 1 >= count ? -1 : place + 1;
  if (key === "ArrowUp") return place < 0 ? count - 1 : place - 1;
  return place;
}

const WAIT_MS = 150;

class Suggest extends HTMLElement {
  private readonly list = document.createElement("div");
  private pointed = -1;
  private timer = 0;

  connectedCallback(): void {
    const input = this.input;
    if (!input || !this.dataset["url"] || this.list.isConnected) return;
    Object.assign(this.list, { className: "dh-menu-pop dh-suggestions", id: "suggestions", hidden: true });
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", input.placeholder);
    this.append(this.list);
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-controls", "suggestions"], ["aria-expanded", "false"]] as const)
      input.setAttribute(name, value);
    input.addEventListener("input", this.onType);
    input.addEventListener("keydown", this.onKey);
    this.addEventListener("focusout", this.onLeave);
    this.list.addEventListener("htmx:afterSwap", this.onFound);
  }

  disconnectedCallback(): void {
    clearTimeout(this.timer);
    this.list.remove();
  }

  private get input(): HTMLInputElement | null {
    return this.querySelector("input");
  }

  private get options(): HTMLAnchorElement[] {
    return [...this.list.querySelectorAll<HTMLAnchorElement>("[role=option]")];
  }

  private readonly onType = (): void => {
    clearTimeout(this.timer);
    this.point(-1); // Enter asks for what is typed, not for what was pointed to before
    const text = this.input?.value.trim() ?? "";
    if (!text) {
      this.close();
      return;
    }
    this.timer = window.setTimeout(() => {
      const url = `${this.dataset["url"] ?? ""}?q=${encodeURIComponent(text)}`;
      void window.htmx.ajax("get", url, { source: this.list, target: this.list, swap: "innerHTML", select: "unset" });
    }, WAIT_MS);
  };

  private readonly onFound = (): void => {
    this.point(-1);
    const isWanted = Boolean(this.input?.value.trim()) && document.activeElement === this.input && this.options.length > 0;
    this.list.hidden = !isWanted;
    this.input?.setAttribute("aria-expanded", String(isWanted));
  };

  private readonly onKey = (event: KeyboardEvent): void => {
    if (this.list.hidden) return;
    const option = this.options[this.pointed];
    if (event.key === "Escape") this.close();
    else if (event.key === "Enter" && option) option.click();
    else if (event.key.startsWith("Arrow")) this.point(pointedAfter(event.key, this.pointed, this.options.length));
    else return;
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") event.preventDefault();
  };

  private readonly onLeave = (event: FocusEvent): void => {
    if (!this.contains(event.relatedTarget as Node | null)) this.close();
  };

  private point(place: number): void {
    this.pointed = place;
    for (const [number, option] of this.options.entries()) {
      option.classList.toggle("on", number === place);
      option.setAttribute("aria-selected", String(number === place));
    }
    const option = this.options[place];
    option?.scrollIntoView({ block: "nearest" });
    if (option) this.input?.setAttribute("aria-activedescendant", option.id);
    else this.input?.removeAttribute("aria-activedescendant");
  }

  private close(): void {
    clearTimeout(this.timer);
    this.list.hidden = true;
    this.point(-1);
    this.input?.setAttribute("aria-expanded", "false");
  }
}

if (!customElements.get("dh-suggest")) customElements.define("dh-suggest", Suggest);
