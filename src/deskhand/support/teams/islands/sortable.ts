/**
 * `<dh-sortable data-items="li">` around a list: its items are moved by their handle `[data-grip="<id>"]`, with mouse or
 * touch, or with the arrow keys while the handle has the focus.
 *
 * With `data-url` the new order is posted there at once (`order=3&order=1`); if that fails, the list is as it was.
 * Without it the items hold fields of a form, which is sent in the order of the page. `data-moved` is what is said
 * after a step: name, place, count.
 */
import Sortable from "sortablejs";

/** The place one key press away among `count` items; null: the key moves nothing. */
export function placeAfter(key: string, place: number, count: number): number | null {
  const by = { ArrowUp: -1, ArrowLeft: -1, ArrowDown: 1, ArrowRight: 1, Home: -count, End: count }[key];
  if (by === undefined) return null;
  return Math.max(0, Math.min(count - 1, place + by));
}

/** A sentence with `%s` and `%d` filled in, in their order. */
export function filled(sentence: string, ...values: (string | number)[]): string {
  return values.reduce<string>((text, value) => text.replace(/%[sd]/, String(value)), sentence);
}

export class SortableList extends HTMLElement {
  private sortable: Sortable | null = null;
  private says: HTMLElement | null = null;

  connectedCallback(): void {
    const list = this.items[0]?.parentElement;
    if (!list) return;
    this.sortable = Sortable.create(list, {
      handle: "[data-grip]",
      draggable: this.itemSelector,
      animation: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 120,
      ghostClass: "dh-ghost",
      onEnd: ({ oldIndex, newIndex, item }) => {
        if (oldIndex !== newIndex) this.moved(item);
      },
    });
    this.says = document.createElement("span");
    this.says.className = "visually-hidden";
    this.says.setAttribute("aria-live", "polite");
    this.append(this.says);
    this.addEventListener("keydown", this.onKey);
  }

  disconnectedCallback(): void {
    this.removeEventListener("keydown", this.onKey);
    this.sortable?.destroy();
    this.says?.remove();
  }

  private get itemSelector(): string {
    return this.dataset["items"] ?? "li";
  }

  private get items(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>(this.itemSelector)];
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    const grip = (event.target as Element).closest<HTMLElement>("[data-grip]");
    const item = grip?.closest<HTMLElement>(this.itemSelector);
    if (!grip || !item) return;
    const place = this.items.indexOf(item);
    const next = placeAfter(event.key, place, this.items.length);
    if (next === null) return;
    event.preventDefault();
    if (next === place) return;
    const other = this.items[next];
    if (next < place) other?.before(item);
    else other?.after(item);
    grip.focus();
    this.moved(item);
  };

  private moved(item: HTMLElement): void {
    const place = this.items.indexOf(item) + 1;
    if (this.says) this.says.textContent = filled(this.dataset["moved"] ?? "%s %d/%d", nameOf(item), place, this.items.length);
    if (this.dataset["url"]) this.store(this.dataset["url"]);
    else this.dispatchEvent(new Event("change", { bubbles: true }));
  }

  private store(url: string): void {
    const order = this.items.map((item) => item.querySelector<HTMLElement>("[data-grip]")?.dataset["grip"] ?? "");
    void window.htmx.ajax("post", url, { source: this, swap: "none", values: { order } });
  }
}

function nameOf(item: HTMLElement): string {
  return (item.querySelector("[data-name], a") ?? item).textContent.trim();
}

if (!customElements.get("dh-sortable")) customElements.define("dh-sortable", SortableList);
