/**
 * `<dh-contact-picker>` around a text field: offers contacts while one types, and to create who is not known yet.
 *
 * Without script the text itself is sent, and the server finds out who is meant. A combobox as the ARIA practices
 * describe it: the focus stays in the field, arrows go through the list, Enter takes, Escape leaves as it was.
 */
import { cookie } from "../../../../../frontend/cookies";

interface Picked {
  key: number;
  shown: string;
}

const PAUSE_MS = 150;
let count = 0;

export class ContactPicker extends HTMLElement {
  private list!: HTMLUListElement;
  private status!: HTMLSpanElement;
  private asking: AbortController | null = null;
  private timer = 0;
  private place = -1;

  connectedCallback(): void {
    this.draw();
  }

  /** Makes a combobox of the text field; again when the server sent another one. */
  draw(): void {
    if (this.querySelector("[role=listbox]")) return;
    count += 1;
    this.list = Object.assign(document.createElement("ul"), { id: `dh-contacts-${count}`, hidden: true });
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", this.input.labels?.[0]?.textContent.trim() ?? "");
    this.list.className = "dh-menu-pop dh-contacts-list";
    this.status = Object.assign(document.createElement("span"), { className: "visually-hidden" });
    this.status.setAttribute("role", "status");
    this.append(this.list, this.status);
    const { input } = this;
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", this.list.id);
    input.setAttribute("aria-expanded", "false");
    input.addEventListener("input", this.onType);
    input.addEventListener("keydown", this.onKey);
    input.addEventListener("blur", this.onBlur);
    this.list.addEventListener("mousedown", this.onPress);
  }

  private get input(): HTMLInputElement {
    return this.querySelector<HTMLInputElement>("input:not([hidden])") as HTMLInputElement;
  }

  private hiddenField(name: string): HTMLInputElement {
    return this.querySelector<HTMLInputElement>(`[data-${name}]`) as HTMLInputElement;
  }

  private get options(): HTMLElement[] {
    return [...this.list.querySelectorAll<HTMLElement>("[role=option]")];
  }

  private readonly onType = (): void => {
    this.hiddenField("pk").value = "";
    this.hiddenField("shown").value = "";
    this.mark(-1); // it was marked for what stood here before
    window.clearTimeout(this.timer);
    if (!this.input.value.trim()) {
      this.close();
      return;
    }
    this.timer = window.setTimeout(() => void this.ask(), PAUSE_MS);
  };

  private readonly onKey = (event: KeyboardEvent): void => {
    if (event.key === "Escape" && !this.list.hidden) {
      event.preventDefault();
      event.stopPropagation();
      this.close();
    } else if (event.key === "Enter" && this.place >= 0) {
      event.preventDefault();
      void this.take(this.options[this.place]);
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (this.list.hidden) void this.ask();
      else this.mark(step(this.place, event.key === "ArrowDown" ? 1 : -1, this.options.length));
    }
  };

  private readonly onBlur = (): void => {
    this.close();
  };

  // Pressing must not take the focus from the field: the list would close before it is clicked.
  private readonly onPress = (event: MouseEvent): void => {
    event.preventDefault();
    const option = (event.target as Element).closest<HTMLElement>("[role=option]");
    if (option) void this.take(option);
  };

  private async ask(): Promise<void> {
    this.asking?.abort();
    this.asking = new AbortController();
    const text = this.input.value.trim();
    try {
      const response = await fetch(searchUrl(this.dataset["search"] ?? "", text), { signal: this.asking.signal });
      if (response.ok) this.offer(await response.text(), text);
    } catch (error) {
      if (!(error instanceof DOMException && error.name === "AbortError")) this.close();
    }
  }

  private offer(html: string, text: string): void {
    this.list.innerHTML = html;
    const found = this.options.length;
    this.status.textContent = found ? (this.dataset["found"] ?? "").replace("%s", String(found)) : (this.dataset["none"] ?? "");
    if (text && this.dataset["create"]) this.list.append(this.creation(text));
    else if (!found) this.list.append(this.nobody());
    this.options.forEach((option, index) => (option.id = `${this.list.id}-${index}`));
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.mark(-1);
  }

  private creation(text: string): HTMLElement {
    const option = document.createElement("li");
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    option.dataset["text"] = text;
    option.className = "create";
    option.textContent = (this.dataset["createLabel"] ?? "").replace("%s", text);
    return option;
  }

  private nobody(): HTMLElement {
    return Object.assign(document.createElement("li"), { className: "none", textContent: this.dataset["none"] ?? "" });
  }

  private mark(place: number): void {
    this.place = place;
    this.options.forEach((option, index) => {
      option.setAttribute("aria-selected", String(index === place));
    });
    const marked = this.options[place];
    marked?.scrollIntoView({ block: "nearest" });
    if (marked) this.input.setAttribute("aria-activedescendant", marked.id);
    else this.input.removeAttribute("aria-activedescendant");
  }

  private async take(option: HTMLElement | undefined): Promise<void> {
    if (!option) return;
    const text = option.dataset["text"];
    if (text === undefined) {
      this.put(pickedOf(option));
      return;
    }
    this.ariaBusy = "true"; // a form that is saved meanwhile waits for it
    try {
      const made = await this.create(text);
      if (made && this.input.value.trim() === text) this.put(made);
    } finally {
      this.ariaBusy = null;
      this.dispatchEvent(new Event("dh:ready", { bubbles: true }));
    }
  }

  private put(picked: Picked): void {
    this.input.value = picked.shown;
    this.hiddenField("pk").value = String(picked.key);
    this.hiddenField("shown").value = picked.shown;
    this.close();
    this.input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  private async create(text: string): Promise<Picked | null> {
    const body = new FormData();
    body.set("text", text);
    const headers = { "X-CSRFToken": cookie("csrftoken") };
    const response = await fetch(this.dataset["create"] ?? "", { method: "POST", body, headers });
    return response.ok ? ((await response.json()) as Picked) : null;
  }

  private close(): void {
    window.clearTimeout(this.timer);
    this.asking?.abort();
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.mark(-1);
  }
}

/** The next place among `length` options, around the ends; from nowhere (-1) to the first or the last. */
export function step(place: number, by: 1 | -1, length: number): number {
  if (length === 0) return -1;
  if (place < 0) return by === 1 ? 0 : length - 1;
  return (place + by + length) % length;
}

/** The address that answers options for a text; what the page asks for besides is kept. */
export function searchUrl(base: string, text: string): string {
  return `${base}${base.includes("?") ? "&" : "?"}q=${encodeURIComponent(text)}`;
}

function pickedOf(option: HTMLElement): Picked {
  return { key: Number(option.dataset["pk"]), shown: option.dataset["shown"] ?? "" };
}

if (!customElements.get("dh-contact-picker")) customElements.define("dh-contact-picker", ContactPicker);
