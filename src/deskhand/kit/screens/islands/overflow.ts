/** `<dh-overflow>` around buttons: those that find no room stand in its last child, a menu named *More*. */

/** How many of the buttons stay, the first ones first; `more` is the width of the menu's button, `gap` between them. */
export function fitting(widths: number[], room: number, more: number, gap: number): number {
  const needed = (count: number): number => widths.slice(0, count).reduce((sum, width) => sum + width + gap, -gap);
  if (needed(widths.length) <= room) return widths.length;
  let count = widths.length;
  while (count > 0 && needed(count) + gap + more > room) count -= 1;
  return count;
}

class Overflow extends HTMLElement {
  private readonly watcher = new ResizeObserver(() => {
    this.fit();
  });

  connectedCallback(): void {
    this.watcher.observe(this);
    this.fit();
  }

  disconnectedCallback(): void {
    this.watcher.disconnect();
  }

  private get menu(): HTMLDetailsElement | null {
    return this.querySelector<HTMLDetailsElement>(":scope > [data-more]");
  }

  private fit(): void {
    const menu = this.menu;
    const list = menu?.querySelector(".dh-menu-pop");
    if (!menu || !list || menu.open) return;
    for (const button of [...list.children]) menu.before(button);
    menu.hidden = false;
    const buttons = [...this.children].filter((child) => child !== menu) as HTMLElement[];
    const widths = buttons.map((button) => button.offsetWidth);
    const count = fitting(widths, this.clientWidth, menu.offsetWidth, 8);
    list.append(...buttons.slice(count));
    menu.hidden = count === buttons.length;
  }
}

if (!customElements.get("dh-overflow")) customElements.define("dh-overflow", Overflow);
