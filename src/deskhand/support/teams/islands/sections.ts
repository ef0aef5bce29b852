/** `<dh-sections>` around links to the sections of a long page: marks the one that is being read. */

/** The last section whose top is above the line one reads at; the first if none is. */
export function sectionAt(tops: number[], line: number): number {
  return Math.max(0, tops.filter((top) => top <= line).length - 1);
}

const READING_LINE = 160;

export class Sections extends HTMLElement {
  connectedCallback(): void {
    window.addEventListener("scroll", this.mark, { passive: true });
    this.mark();
  }

  disconnectedCallback(): void {
    window.removeEventListener("scroll", this.mark);
  }

  private readonly mark = (): void => {
    const links = [...this.querySelectorAll<HTMLAnchorElement>("a[href^='#']")];
    const tops = links.map((link) => document.querySelector(link.hash)?.getBoundingClientRect().top ?? Infinity);
    const isAtEnd = window.scrollY > 0 && window.innerHeight + window.scrollY >= document.body.scrollHeight - 2;
    const current = isAtEnd ? links.length - 1 : sectionAt(tops, READING_LINE);
    for (const [place, link] of links.entries()) {
      link.classList.toggle("on", place === current);
      if (place === current) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  };
}

if (!customElements.get("dh-sections")) customElements.define("dh-sections", Sections);
