/**
 * Keys for what a page offers: an element with `data-key="n"` is clicked (a field: focused) when the key is pressed
 * outside of fields; `data-key="g t"` are two keys, one after the other. `<dh-shortcuts>` lists them.
 *
 * The keys are of the page, so that the list is never wrong; parts of the list that say `data-for` are shown over pages
 * that have such a thing (on the page of the list itself all are). Who does not want single keys switches them off there.
 */

const SWITCHED_OFF = "dh-no-single-keys";
const LONGEST_PAUSE = 1200;

/** The keys pressed so far with one more; what was begun too long ago is forgotten. */
export function pressed(before: string, key: string, pause: number): string {
  return before && pause < LONGEST_PAUSE ? `${before} ${key}` : key;
}

/** What keys do on a page: the first element that has them and can be seen, or the first at all. */
export function bound(page: ParentNode, keys: string): HTMLElement | null {
  const all = [...page.querySelectorAll<HTMLElement>("[data-key]")].filter((one) => one.dataset.key === keys);
  return all.find((one) => one.checkVisibility()) ?? all[0] ?? null;
}

/** Whether keys begin a longer sequence. */
export function begins(page: ParentNode, keys: string): boolean {
  return [...page.querySelectorAll<HTMLElement>("[data-key]")].some((one) => one.dataset.key?.startsWith(`${keys} `));
}

/** Whether a key goes into a field, or belongs to what is focused. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("input, textarea, select, [contenteditable], [role=listbox]") !== null;
}

function watch(): void {
  let keys = "";
  let at = 0;
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key.length !== 1 || event.key === " " || isTyping(event.target) || isOff()) return;
    if (document.querySelector("dialog[open]")) return;
    keys = pressed(keys, event.key, event.timeStamp - at);
    at = event.timeStamp;
    const element = bound(document, keys);
    if (!element) {
      if (!begins(document, keys)) keys = "";
      return;
    }
    keys = "";
    event.preventDefault();
    use(element);
  });
}

function use(element: HTMLElement): void {
  if (element.matches("input, textarea")) {
    element.focus();
    return;
  }
  element.click();
  if (element.getAttribute("role") !== "tab") return;
  const panel = document.getElementById(element.getAttribute("aria-controls") ?? "");
  panel?.querySelector<HTMLElement>("textarea, [contenteditable]")?.focus();
}

function isOff(): boolean {
  return localStorage.getItem(SWITCHED_OFF) !== null;
}

/** Whether the page has what a part of the list is about. */
export function isOn(page: ParentNode, part: HTMLElement): boolean {
  return page.querySelector(part.dataset.for ?? "*") !== null;
}

class Shortcuts extends HTMLElement {
  connectedCallback(): void {
    this.listHere();
    if (this.closest("dialog")) for (const part of this.querySelectorAll<HTMLElement>("[data-for]")) part.hidden = !isOn(document, part);
    const line = this.querySelector<HTMLElement>("[data-single]");
    const box = line?.querySelector("input");
    if (!line || !box) return;
    line.hidden = false;
    box.checked = !isOff();
    box.addEventListener("change", () => {
      if (box.checked) localStorage.removeItem(SWITCHED_OFF);
      else localStorage.setItem(SWITCHED_OFF, "");
    });
  }

  private listHere(): void {
    const list = document.createElement("dl");
    const seen = new Set(["?"]);
    for (const element of document.querySelectorAll<HTMLElement>("[data-key]")) {
      const keys = element.dataset.key ?? "";
      if (seen.has(keys)) continue;
      seen.add(keys);
      const name = document.createElement("dt");
      name.textContent = (element.getAttribute("aria-label") ?? element.textContent).replace(/\s+/g, " ").trim();
      const caps = document.createElement("dd");
      for (const key of keys.split(" ")) {
        const cap = document.createElement("kbd");
        cap.textContent = key.toUpperCase();
        caps.append(cap, " ");
      }
      const line = document.createElement("div");
      line.append(name, caps);
      list.append(line);
    }
    if (!list.hasChildNodes()) return;
    const heading = document.createElement("h2");
    heading.textContent = this.dataset.here ?? "";
    const section = document.createElement("section");
    section.append(heading, list);
    this.querySelector("section")?.after(section);
  }
}

customElements.define("dh-shortcuts", Shortcuts);
watch();
