/**
 * `<dh-tools>`: what waits for a person, in the top bar. The counts do not come with the page, so that no page waits
 * for them: the last ones are shown at once, and asked for anew when the bell rings or they are old.
 */
interface Known {
  counts: Record<string, number>;
  at: number;
}

/** Milliseconds. While a page is open it is told; from page to page a ring may be missed. */
const FRESH = 20_000;
const MOST = 99;

export class Tools extends HTMLElement {
  private asked = 0;

  connectedCallback(): void {
    const known = remembered(this.key);
    if (known) this.show(known.counts);
    if (!known || isOld(known, Date.now())) void this.ask();
    this.addEventListener("dh:changed", this.onRing);
    this.addEventListener("toggle", this.onOpen, true);
    this.addEventListener("click", this.onFollow);
    document.addEventListener("dh:counts", this.onRing);
  }

  disconnectedCallback(): void {
    document.removeEventListener("dh:counts", this.onRing);
  }

  /** Another person at the same browser has counts of their own. */
  private get key(): string {
    return `dh-counts ${this.dataset["live"] ?? ""}`;
  }

  private readonly onRing = (): void => {
    void this.ask();
    for (const open of this.querySelectorAll<HTMLDetailsElement>("details[open]")) this.fill(open);
  };

  private readonly onOpen = (event: Event): void => {
    const menu = event.target as HTMLDetailsElement;
    if (menu.open) this.fill(menu);
  };

  /** What a link in a menu leads to may be read by it, and the next page is not there yet to be told. */
  private readonly onFollow = (event: Event): void => {
    if ((event.target as Element).closest("a[href]")) sessionStorage.removeItem(this.key);
  };

  private fill(menu: HTMLDetailsElement): void {
    const target = menu.querySelector(".dh-tool-menu");
    if (target) void window.htmx.ajax("get", menu.dataset["menu"] ?? "", { target, swap: "innerHTML" });
  }

  /** Of several answers on their way the last that was asked for counts. */
  private async ask(): Promise<void> {
    const turn = ++this.asked;
    try {
      const response = await fetch(this.dataset["counts"] ?? "", { headers: { Accept: "application/json" } });
      if (!response.ok || response.redirected) return;
      const counts = (await response.json()) as Record<string, number>;
      if (turn !== this.asked) return;
      sessionStorage.setItem(this.key, JSON.stringify({ counts, at: Date.now() }));
      this.show(counts);
    } catch {
      // The next page asks again.
    }
  }

  private show(counts: Record<string, number>): void {
    for (const tool of this.querySelectorAll<HTMLElement>("[data-tool]")) {
      const count = counts[tool.dataset["tool"] ?? ""] ?? 0;
      const badge = tool.querySelector<HTMLElement>(".dh-count");
      const summary = tool.querySelector<HTMLElement>("summary");
      if (!badge || !summary) continue;
      badge.hidden = count === 0;
      badge.textContent = count > MOST ? `${MOST}+` : String(count);
      summary.ariaLabel = inWords(summary.dataset["title"] ?? "", summary.dataset["counted"] ?? "", count);
    }
  }
}

export function isOld(known: Known, now: number): boolean {
  return now - known.at > FRESH || now < known.at;
}

/** *Notifications, 2 unread*; without any only what it is. */
export function inWords(title: string, counted: string, count: number): string {
  return count ? `${title}, ${counted.replace("%s", String(count))}` : title;
}

function remembered(key: string): Known | null {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? "null") as Known | null;
  } catch {
    return null;
  }
}

if (!customElements.get("dh-tools")) customElements.define("dh-tools", Tools);
