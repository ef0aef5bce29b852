/**
 * `<dh-overflow>` around buttons: those that find no room are hidden, and stand in its last child, a menu named *More*.
 *
 * The buttons stay where they are, so that a page that changes by itself finds them; the menu has copies.
 */

/** How many of the buttons stay, the first ones first; `more` is the width of the menu's button, `gap` between them. */
export function fitting(widths: number[], room: number, more: number, gap: number): number {
  const needed = (count: number): number => widths.slice(0, count).reduce((sum, width) => sum + width + gap, -gap);
  if (needed(widths.length) <= room) return widths.length;
  let count = widths.length;
  while (count > 0 && needed(count) + gap + more > room) count -= 1;
  return count;
}

class Overflow extends HTMLElement {
  private readonly listening = new AbortController();
  private readonly watcher = new ResizeObserver(() => {
    this.fit();
  });

  connectedCallback(): void {
    this.watcher.observe(this);
    document.addEventListener("htmx:afterSettle", this.onSettled, { signal: this.listening.signal });
    this.fit();
  }

  disconnectedCallback(): void {
    this.watcher.disconnect();
    this.listening.abort();
  }

  private readonly onSettled = (): void => {
    this.fit();
  };

  private fit(): void {
    const menu = this.querySelector<HTMLDetailsElement>(":scope > [data-more]");
    const list = menu?.querySelector(".dh-menu-pop");
    if (!menu || !list) return;
    const buttons = [...this.children].filter((child) => child !== menu) as HTMLElement[];
    for (const part of [...buttons, menu]) part.hidden = false;
    const widths = buttons.map((button) => button.offsetWidth);
    const count = fitting(widths, this.clientWidth, menu.offsetWidth, 8);
    const rest = buttons.slice(count);
    menu.hidden = !rest.length;
    const copies = rest.map((button) => button.cloneNode(true) as HTMLElement);
    for (const button of rest) button.hidden = true;
    if (list.innerHTML === copies.map((copy) => copy.outerHTML).join("")) return;
    list.replaceChildren(...copies);
    if ("htmx" in window) window.htmx.process(list); // not there yet: it looks at the whole page when it comes
  }
}

if (!customElements.get("dh-overflow")) customElements.define("dh-overflow", Overflow);
