/**
 * `<dh-tag-picker>` around a `<select multiple>`: what is chosen stands there as chips, more is found by typing, and a
 * new one can be made on the way. The select stays what the form sends; without script it is what it always is.
 *
 * `data-url` answers `?q=` with `{"options": [{"id", "name", "color"?, "detail"?}], "may_create"}`; posted to with
 * `name` it makes one and answers it, where `data-create` is. Without `data-url` the select's own options are searched. `data-shape="person"`
 * draws chips as people. Texts: `data-placeholder`, `data-remove` (%s), `data-create` (%s), `data-none`.
 */

export interface Choice {
  id: string;
  name: string;
  color?: number;
  detail?: string;
}

type Found = Omit<Choice, "id"> & { id: number };

interface Answer {
  options: Found[];
  may_create: boolean;
}

/** What is offered for a text: what contains it and is not chosen, what begins with it first. */
export function offered(choices: Choice[], text: string, chosen: ReadonlySet<string>): Choice[] {
  const words = text.trim().toLocaleLowerCase();
  const free = choices.filter((choice) => !chosen.has(choice.id));
  const hits = free.filter((choice) => `${choice.name} ${choice.detail ?? ""}`.toLocaleLowerCase().includes(words));
  const begins = (choice: Choice): number => (choice.name.toLocaleLowerCase().startsWith(words) ? 0 : 1);
  return hits.sort((one, other) => begins(one) - begins(other));
}

/** Whether a text names none of the choices, so that one can be made of it. */
export function isNew(choices: Choice[], text: string): boolean {
  const name = text.trim().toLocaleLowerCase();
  return name !== "" && !choices.some((choice) => choice.name.toLocaleLowerCase() === name);
}

/** The place one step away in a list of `count`, around the ends; -1: nothing is pointed at. */
export function stepped(place: number, by: 1 | -1, count: number): number {
  if (!count) return -1;
  return place < 0 && by < 0 ? count - 1 : (place + by + count) % count;
}

/** The first letters of the first and the last word. */
export function initials(name: string): string {
  const words = name.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word));
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words;
  return ends.map((word) => String.fromCodePoint(word?.codePointAt(0) ?? 0)).join("").toLocaleUpperCase();
}

const WAIT_MS = 150;
let pickers = 0;

export class TagPicker extends HTMLElement {
  private readonly box = document.createElement("div");
  private readonly input = document.createElement("input");
  private readonly list = document.createElement("ul");
  private choices: Choice[] = [];
  private mayCreate = false;
  private pointed = -1;
  private asked = 0;
  private timer = 0;
  private isSearching = false;
  private isEntered = false;

  connectedCallback(): void {
    this.draw();
  }

  /** Puts the picker in place of the select; again when the server sent another one. */
  draw(): void {
    const select = this.select;
    if (!select || this.box.isConnected) return;
    select.hidden = true;
    this.build(select);
    this.drawChips();
    select.form?.addEventListener("reset", this.onReset);
  }

  disconnectedCallback(): void {
    this.select?.form?.removeEventListener("reset", this.onReset);
    this.box.remove();
    this.list.remove();
  }

  private get select(): HTMLSelectElement | null {
    return this.querySelector("select");
  }

  private get chosen(): HTMLOptionElement[] {
    return [...(this.select?.options ?? [])].filter((option) => option.selected);
  }

  private get entries(): HTMLElement[] {
    return [...this.list.querySelectorAll<HTMLElement>("[role=option]")];
  }

  private build(select: HTMLSelectElement): void {
    const id = `picker-${++pickers}`;
    const label = select.id ? document.querySelector<HTMLLabelElement>(`label[for="${CSS.escape(select.id)}"]`) : null;
    this.box.className = "dh-picker form-control";
    this.box.classList.toggle("is-invalid", select.classList.contains("is-invalid"));
    this.list.className = "dh-menu-pop dh-picker-list";
    this.list.id = id;
    this.list.setAttribute("role", "listbox");
    this.list.hidden = true;
    Object.assign(this.input, { type: "text", autocomplete: "off", placeholder: this.dataset["placeholder"] ?? "" });
    this.input.id = `${id}-input`;
    this.input.setAttribute("role", "combobox");
    this.input.setAttribute("aria-autocomplete", "list");
    this.input.setAttribute("aria-controls", id);
    this.input.setAttribute("aria-expanded", "false");
    this.input.setAttribute("aria-label", label?.textContent.trim() ?? this.input.placeholder);
    if (label) label.htmlFor = this.input.id;
    this.input.addEventListener("input", this.onType);
    this.input.addEventListener("focus", this.onType);
    this.input.addEventListener("blur", this.close);
    this.input.addEventListener("keydown", this.onKey);
    this.box.addEventListener("click", (event) => {
      if (event.target === this.box) this.input.focus();
    });
    // The list must not take the focus from the input before the click arrives.
    this.list.addEventListener("mousedown", (event) => {
      event.preventDefault();
    });
    this.append(this.box, this.list);
  }

  private drawChips(): void {
    this.box.replaceChildren(...this.chosen.map((option) => this.chip(option)), this.input);
  }

  private chip(option: HTMLOptionElement): HTMLElement {
    const name = option.textContent.trim();
    const chip = document.createElement("span");
    const color = Number(option.dataset["color"] ?? 0);
    chip.className = this.dataset["shape"] === "person" ? "dh-who" : `dh-tag${color ? ` h${color}c` : ""}`;
    const text = document.createElement("bdi");
    text.className = "cut";
    text.textContent = name;
    chip.title = name;
    const remove = document.createElement("button");
    remove.type = "button";
    remove.textContent = "×";
    remove.setAttribute("aria-label", (this.dataset["remove"] ?? "%s").replace("%s", name));
    remove.addEventListener("click", () => {
      this.take(option);
    });
    if (chip.className === "dh-who") chip.append(face(name));
    chip.append(text, remove);
    return chip;
  }

  private take(option: HTMLOptionElement): void {
    option.selected = false;
    this.changed();
    this.input.focus();
  }

  private readonly onType = (): void => {
    window.clearTimeout(this.timer);
    this.asked += 1; // an answer to fewer letters comes too late
    this.isSearching = true;
    this.isEntered = false;
    this.timer = window.setTimeout(() => void this.search(), WAIT_MS);
  };

  private async search(): Promise<void> {
    const url = this.dataset["url"];
    const turn = ++this.asked;
    const text = this.input.value;
    if (url) {
      const response = await fetch(`${url}?q=${encodeURIComponent(text.trim())}`, { headers: { Accept: "application/json" } });
      if (turn !== this.asked) return;
      if (!response.ok) {
        this.close();
        return;
      }
      const answer = (await response.json()) as Answer;
      this.choices = answer.options.map((option) => ({ ...option, id: String(option.id) }));
      this.mayCreate = answer.may_create && this.dataset["create"] !== undefined;
    } else {
      this.choices = [...(this.select?.options ?? [])].map((option) => ({ id: option.value, name: option.textContent.trim() }));
    }
    this.isSearching = false;
    if (document.activeElement !== this.input) return;
    this.show(text);
    if (this.isEntered) this.entries[this.pointed]?.click();
  }

  private show(text: string): void {
    const chosen = new Set(this.chosen.map((option) => option.value));
    const entries = offered(this.choices, text, chosen).map((choice) => this.entry(choice));
    const taken = this.chosen.map((option) => ({ id: option.value, name: option.textContent.trim() }));
    if (this.mayCreate && isNew([...this.choices, ...taken], text)) entries.push(this.creation(text.trim()));
    if (!entries.length) entries.push(this.nothing());
    this.list.replaceChildren(...entries);
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.point(text.trim() ? 0 : -1);
  }

  private entry(choice: Choice): HTMLElement {
    const entry = this.item(choice.name, () => {
      this.choose(choice);
    });
    if (choice.detail) {
      const detail = document.createElement("span");
      detail.className = "ink-3 t12 cut";
      detail.textContent = choice.detail;
      entry.append(detail);
    }
    return entry;
  }

  private creation(name: string): HTMLElement {
    return this.item((this.dataset["create"] ?? "+ %s").replace("%s", name), () => void this.create(name));
  }

  private nothing(): HTMLElement {
    const item = document.createElement("li");
    item.className = "it ink-3";
    item.textContent = this.dataset["none"] ?? "";
    return item;
  }

  private item(text: string, choose: () => void): HTMLElement {
    const item = document.createElement("li");
    item.className = "it";
    item.id = `${this.list.id}-${this.list.childElementCount}-${Math.random().toString(36).slice(2)}`;
    item.setAttribute("role", "option");
    item.dir = "auto";
    item.textContent = text;
    item.addEventListener("click", choose);
    return item;
  }

  private choose(choice: Choice): void {
    const select = this.select;
    if (!select) return;
    let option = [...select.options].find((known) => known.value === choice.id);
    if (!option) {
      option = new Option(choice.name, choice.id);
      select.append(option);
    }
    if (choice.color !== undefined) option.dataset["color"] = String(choice.color);
    option.selected = true;
    this.input.value = "";
    this.changed();
    this.input.focus();
    this.close();
  }

  private async create(name: string): Promise<void> {
    const url = this.dataset["url"];
    if (!url) return;
    const token = this.select?.form?.querySelector<HTMLInputElement>("[name=csrfmiddlewaretoken]")?.value ?? "";
    this.ariaBusy = "true"; // a form that is saved meanwhile waits for it
    try {
      const response = await fetch(url, {
        method: "POST",
        headers: { Accept: "application/json", "X-CSRFToken": token },
        body: new URLSearchParams({ name }),
      });
      const answer = (await response.json()) as Found & { error?: string };
      if (response.ok) this.choose({ ...answer, id: String(answer.id) });
      else document.body.dispatchEvent(new CustomEvent("dh:toast", { detail: { text: answer.error, tone: "bad" } }));
    } finally {
      this.ariaBusy = null;
      this.dispatchEvent(new Event("dh:ready", { bubbles: true }));
    }
  }

  private changed(): void {
    this.drawChips();
    this.select?.dispatchEvent(new Event("change", { bubbles: true }));
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (this.list.hidden) void this.search();
      else this.point(stepped(this.pointed, event.key === "ArrowDown" ? 1 : -1, this.entries.length));
    } else if (event.key === "Enter") {
      event.preventDefault();
      // What the list shows may be of fewer letters than are typed.
      if (this.isSearching) this.isEntered = true;
      else if (!this.list.hidden) this.entries[this.pointed]?.click();
    } else if (event.key === "Escape" && !this.list.hidden) {
      event.stopPropagation();
      event.preventDefault();
      this.close();
    } else if (event.key === "Backspace" && this.input.value === "") {
      const last = this.chosen.at(-1);
      if (last) this.take(last);
    }
  };

  private point(place: number): void {
    this.pointed = place;
    for (const [index, entry] of this.entries.entries()) {
      entry.classList.toggle("on", index === place);
      entry.setAttribute("aria-selected", String(index === place));
    }
    this.input.setAttribute("aria-activedescendant", this.entries[place]?.id ?? "");
    this.entries[place]?.scrollIntoView({ block: "nearest" });
  }

  private readonly close = (): void => {
    window.clearTimeout(this.timer);
    this.asked += 1;
    this.isSearching = this.isEntered = false;
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  };

  // The select has its old options only after the event.
  private readonly onReset = (): void => {
    setTimeout(() => {
      this.drawChips();
    });
  };
}

function face(name: string): HTMLElement {
  const face = document.createElement("span");
  face.className = "av";
  face.textContent = initials(name);
  face.ariaHidden = "true";
  return face;
}

if (!customElements.get("dh-tag-picker")) customElements.define("dh-tag-picker", TagPicker);
