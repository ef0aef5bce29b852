/**
 * `<dh-upload>` around a file input: files can be dropped, are listed with their size, and taken off again. What the
 * form sends is the input's own list; without script the input is what it always is.
 */

export class Upload extends HTMLElement {
  private chosen: File[] = [];

  connectedCallback(): void {
    const zone = this.querySelector<HTMLElement>(".dh-upload-drop");
    if (zone) zone.hidden = false;
    this.input?.classList.add("visually-hidden");
    this.input?.addEventListener("change", this.onChange);
    this.addEventListener("dragover", this.onDrag);
    this.addEventListener("dragleave", this.onDragEnd);
    this.addEventListener("drop", this.onDrop);
    this.closest("form")?.addEventListener("reset", this.onReset);
    this.show();
  }

  disconnectedCallback(): void {
    this.input?.removeEventListener("change", this.onChange);
    this.closest("form")?.removeEventListener("reset", this.onReset);
  }

  private get input(): HTMLInputElement | null {
    return this.querySelector("input[type=file]");
  }

  /** Takes these files instead of those before; the input holds what is sent. */
  private choose(files: File[]): void {
    if (!this.input) return;
    const sent = new DataTransfer();
    for (const file of files) sent.items.add(file);
    this.input.files = sent.files;
    this.show();
  }

  /** Takes more files, as if they had been picked: dropped or pasted ones. */
  add(files: File[]): void {
    if (!this.input || files.length === 0) return;
    this.choose(this.input.multiple ? together(this.chosen, files) : files.slice(0, 1));
    this.input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  /** Takes all files off but these: somebody else has the others now. */
  leave(files: File[]): void {
    this.choose(files);
  }

  private show(): void {
    this.chosen = [...(this.input?.files ?? [])];
    const most = Number(this.dataset["maxMb"] ?? 0) * 1_000_000;
    const rows = this.chosen.map((file) => this.row(file, most > 0 && file.size > most));
    this.listed().replaceChildren(...rows);
    this.toggleAttribute("data-keep", rows.length > 0); // no answer brings chosen files back
  }

  private listed(): Element {
    const list = this.querySelector(".dh-upload-list") ?? document.createElement("ul");
    list.className = "dh-upload-list";
    if (!list.isConnected) this.append(list);
    return list;
  }

  /** The browser's picker forgets what was chosen before; people do not expect that. */
  private readonly onChange = (): void => {
    const picked = [...(this.input?.files ?? [])];
    this.choose(this.input?.multiple ? together(this.chosen, picked) : picked);
  };

  private row(file: File, tooLarge: boolean): HTMLLIElement {
    const row = document.createElement("li");
    const name = document.createElement("span");
    name.className = "cut";
    name.dir = "auto";
    name.textContent = file.name;
    const size = document.createElement("span");
    size.className = tooLarge ? "dh-upload-error" : "ink-2 num";
    size.textContent = tooLarge ? (this.dataset["tooLarge"] ?? "") : filesize(file.size, document.documentElement.lang);
    const remove = document.createElement("button");
    remove.type = "button";
    remove.className = "btn btn-ghost btn-i sm";
    remove.textContent = "×";
    remove.ariaLabel = (this.dataset["remove"] ?? "%s").replace("%s", file.name);
    remove.title = remove.ariaLabel;
    remove.addEventListener("click", () => {
      this.choose(this.chosen.filter((other) => other !== file));
      this.input?.focus();
    });
    row.append(name, size, remove);
    return row;
  }

  private readonly onDrag = (event: DragEvent): void => {
    event.preventDefault();
    this.toggleAttribute("data-over", true);
  };

  private readonly onDragEnd = (): void => {
    this.removeAttribute("data-over");
  };

  private readonly onDrop = (event: DragEvent): void => {
    event.preventDefault();
    this.removeAttribute("data-over");
    this.add([...(event.dataTransfer?.files ?? [])]);
  };

  private readonly onReset = (): void => {
    setTimeout(() => {
      this.show();
    });
  };
}

/** Files added to those chosen before; the same file is not taken twice. */
export function together(before: File[], added: File[]): File[] {
  const key = (file: File): string => `${file.name}/${file.size}/${file.lastModified}`;
  const known = new Set(before.map(key));
  return [...before, ...added.filter((file) => !known.has(key(file)))];
}

/** `212 KB`, `1.8 MB`, as the pages write it. */
export function filesize(bytes: number, language = "en"): string {
  const units = ["bytes", "KB", "MB", "GB"];
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit > 0 && value < 10 ? 1 : 0;
  const number = new Intl.NumberFormat(language || "en", { maximumFractionDigits: digits }).format(value);
  return `${number}\u00a0${units[unit] ?? ""}`;
}

if (!customElements.get("dh-upload")) customElements.define("dh-upload", Upload);
