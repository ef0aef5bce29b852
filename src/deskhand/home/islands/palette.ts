/**
 * `<dh-palette>` in `<dialog id="dh-palette">`: Ctrl+K (⌘K) opens it, typing asks the server, Enter goes there. Who types
 * and presses Enter faster than the server answers goes where the answer leads, not where the list before it did.
 */

const PAUSE = 120;

/** The place of the chosen option after a key, among `count`; null for a key that moves nothing. */
export function chosenAfter(key: string, place: number, count: number): number | null {
  if (!count) return null;
  if (key === "ArrowDown") return (place + 1) % count;
  if (key === "ArrowUp") return (place - 1 + count) % count;
  if (key === "PageDown") return Math.min(place + 5, count - 1);
  if (key === "PageUp") return Math.max(place - 5, 0);
  return null;
}

/** Whether every word of what was typed stands in a label. */
export function fits(label: string, typed: string): boolean {
  const text = label.toLocaleLowerCase();
  return typed
    .toLocaleLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

/** What can be done on the page below: the buttons and links of its head that one sees. */
export function doable(page: ParentNode): HTMLElement[] {
  const all = page.querySelectorAll<HTMLElement>(
    "#content :is(.dh-cp, .dh-head) :is(a.btn, button.btn, .dh-sb):not(:disabled, .disabled, [aria-hidden=true])",
  );
  const seen = new Set<string>();
  return [...all].filter((one) => {
    const label = labelOf(one);
    if (!label || seen.has(label) || one.closest("[hidden]")) return false;
    seen.add(label);
    return true;
  });
}

/** What a button or link is called. */
export function labelOf(element: HTMLElement): string {
  const words = element.getAttribute("aria-label") ?? element.textContent;
  return words.replace(/\s+/g, " ").trim();
}

class Palette extends HTMLElement {
  private asked: AbortController | null = null;
  private timer = 0;
  private isAsking = false;
  private entered: KeyboardEvent | null = null;

  connectedCallback(): void {
    this.input.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.asked?.abort();
      this.isAsking = true;
      this.entered = null;
      this.timer = window.setTimeout(() => void this.ask(), PAUSE);
    });
    this.addEventListener("keydown", (event) => {
      this.onKey(event);
    });
    this.list.addEventListener("pointermove", (event) => {
      const option = (event.target as Element).closest<HTMLElement>("[role=option]");
      if (option) this.choose(option, false);
    });
    this.list.addEventListener("click", (event) => {
      const option = (event.target as Element).closest<HTMLElement>("[role=option]");
      if (option?.dataset.of) this.press(event, option);
    });
    this.dialog.addEventListener("click", (event) => {
      if (event.target === this.dialog || (event.target as Element).closest("[data-close]")) this.dialog.close();
    });
    document.addEventListener("keydown", (event) => {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
      event.preventDefault();
      this.toggle();
    });
    document.addEventListener("click", (event) => {
      if (!(event.target as Element).closest("[data-palette]") || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      this.toggle();
    });
  }

  private toggle(): void {
    if (this.dialog.open) {
      this.dialog.close();
      return;
    }
    this.here = doable(document);
    this.dialog.showModal();
    this.input.select();
    void this.ask();
  }

  private here: HTMLElement[] = [];

  private async ask(): Promise<void> {
    clearTimeout(this.timer);
    this.asked?.abort();
    this.asked = new AbortController();
    this.isAsking = true;
    const typed = this.input.value.trim();
    try {
      const url = `${this.dataset.url ?? ""}?q=${encodeURIComponent(typed)}`;
      const answer = await fetch(url, { signal: this.asked.signal, headers: { Accept: "text/html" } });
      if (answer.redirected || !answer.ok) throw new Error(String(answer.status));
      this.list.innerHTML = await answer.text();
    } catch (error) {
      if (error instanceof DOMException && error.name === "AbortError") return;
      this.list.replaceChildren();
    }
    this.offerHere(typed);
    this.settle();
    this.isAsking = false;
    if (this.entered && this.dialog.open) this.goThere(this.entered);
    this.entered = null;
  }

  /** What the page itself offers comes first. */
  private offerHere(typed: string): void {
    const fitting = this.here.filter((one) => one.isConnected && fits(labelOf(one), typed));
    if (!fitting.length) return;
    const group = document.createElement("div");
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", this.dataset.here ?? "");
    const heading = document.createElement("div");
    heading.className = "hd";
    heading.textContent = this.dataset.here ?? "";
    group.append(heading);
    for (const one of fitting.slice(0, 8)) {
      const option = document.createElement("a");
      option.setAttribute("role", "option");
      option.tabIndex = -1;
      option.dataset.of = String(this.here.indexOf(one));
      if (one instanceof HTMLAnchorElement) option.href = one.href;
      const icon = one.querySelector("svg")?.cloneNode(true);
      const label = document.createElement("span");
      label.className = "cut";
      label.textContent = labelOf(one);
      option.append(...(icon ? [icon] : []), label);
      group.append(option);
    }
    this.list.prepend(group);
  }

  private settle(): void {
    this.options.forEach((option, place) => {
      option.id = `dh-option-${String(place)}`;
      option.setAttribute("aria-selected", "false");
    });
    const words = this.options.length ? (this.dataset.count ?? "") : (this.dataset.none ?? "");
    this.status.textContent = words.replace("%s", String(this.options.length));
    const [first] = this.options;
    if (first) this.choose(first);
    else this.input.removeAttribute("aria-activedescendant");
  }

  private onKey(event: KeyboardEvent): void {
    if (event.isComposing) return;
    const options = this.options;
    const chosen = options.findIndex((one) => one.getAttribute("aria-selected") === "true");
    const next = chosenAfter(event.key, chosen, options.length);
    const option = next === null ? undefined : options[next];
    if (option) {
      event.preventDefault();
      this.choose(option);
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (this.isAsking) this.entered = event;
      else this.goThere(event);
    }
  }

  private goThere({ ctrlKey, metaKey }: KeyboardEvent): void {
    const chosen = this.options.find((one) => one.getAttribute("aria-selected") === "true");
    chosen?.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, ctrlKey, metaKey }));
  }

  private choose(option: HTMLElement, mayScroll = true): void {
    for (const one of this.options) one.setAttribute("aria-selected", String(one === option));
    this.input.setAttribute("aria-activedescendant", option.id);
    if (mayScroll) option.scrollIntoView({ block: "nearest" });
  }

  /** An option that stands for a button of the page presses that. */
  private press(event: Event, option: HTMLElement): void {
    event.preventDefault();
    this.dialog.close();
    const pressed = this.here[Number(option.dataset.of)];
    pressed?.focus();
    pressed?.click();
  }

  private get options(): HTMLElement[] {
    return [...this.list.querySelectorAll<HTMLElement>("[role=option]")];
  }

  private get input(): HTMLInputElement {
    return this.querySelector("input") as HTMLInputElement;
  }

  private get list(): HTMLElement {
    return this.querySelector("[role=listbox]") as HTMLElement;
  }

  private get status(): HTMLElement {
    return this.querySelector("[role=status]") as HTMLElement;
  }

  private get dialog(): HTMLDialogElement {
    return this.closest("dialog") as HTMLDialogElement;
  }
}

customElements.define("dh-palette", Palette);
