/**
 * `<dh-selection>` around the bar of mass actions: counts the ticked rows, ticks all of the page (`data-pick-page`), and
 * with `data-select-every` all that the list holds on its other pages too.
 *
 * The boxes belong to the bar's form; without script they still do. Shift and a click tick the rows between; the arrow
 * keys go from box to box, with Shift they take the row along; Ctrl+A ticks all of the page, Escape none.
 */

const BOX = ".dh-tick > input[name=pk]";

/** The places between the last click and this one, both included; only this one when there was none. */
export function between(last: number, place: number): number[] {
  if (last < 0) return [place];
  const [from, to] = last < place ? [last, place] : [place, last];
  return Array.from({ length: to - from + 1 }, (_, step) => from + step);
}

/** What the bar says of so many ticked rows. */
export function counted(count: number, words: { one: string; many: string; every: string }, every: boolean): string {
  if (every) return words.every;
  return count === 1 ? words.one : words.many.replace("%d", String(count));
}

class Selection extends HTMLElement {
  private last = -1;
  private readonly listening = new AbortController();

  connectedCallback(): void {
    const { signal } = this.listening;
    const page = this.closest("main") ?? document;
    page.addEventListener("click", this.onClick as EventListener, { signal });
    page.addEventListener("change", this.onChange, { signal });
    page.addEventListener("keydown", this.onKey as EventListener, { signal });
    this.addEventListener("reset", this.onReset, { signal });
    document.addEventListener("htmx:afterSettle", this.onSettled, { signal });
    // Its own content may not be there yet.
    queueMicrotask(() => {
      this.tell();
    });
  }

  disconnectedCallback(): void {
    this.listening.abort();
  }

  private get form(): HTMLFormElement | null {
    return this.querySelector("form");
  }

  private get boxes(): HTMLInputElement[] {
    return [...document.querySelectorAll<HTMLInputElement>(BOX)];
  }

  private get pageBox(): HTMLInputElement | null {
    return document.querySelector("[data-pick-page]");
  }

  /** The field that stands for all of the list. */
  private get every(): HTMLInputElement | null {
    return this.querySelector("input[name=all]");
  }

  private get isEvery(): boolean {
    return this.every?.disabled === false;
  }

  private meanEvery(meant: boolean): void {
    if (this.every) this.every.disabled = !meant;
  }

  private readonly onClick = (event: MouseEvent): void => {
    const target = event.target as Element;
    if (target.closest("[data-select-every]")) {
      this.tick(this.boxes, true);
      this.meanEvery(true);
      this.tell();
    } else if (target.matches(BOX)) {
      const boxes = this.boxes;
      const place = boxes.indexOf(target as HTMLInputElement);
      if (event.shiftKey) this.tick(between(this.last, place).map((one) => boxes[one]), (target as HTMLInputElement).checked);
      this.last = place;
      this.tell();
    }
  };

  private readonly onChange = (event: Event): void => {
    const target = event.target as HTMLInputElement;
    if (target === this.pageBox) this.tick(this.boxes, target.checked);
    else if (!target.matches(BOX)) return;
    this.meanEvery(false);
    this.tell();
  };

  private readonly onKey = (event: KeyboardEvent): void => {
    const target = event.target as HTMLInputElement;
    const isAny = target === this.pageBox || target.matches(BOX);
    if (event.key === "Escape" && (isAny || this.contains(target)) && !this.querySelector("details[open]")) {
      this.form?.reset();
    } else if (isAny && event.key === "a" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      this.tick(this.boxes, true);
      this.tell();
    } else if (isAny && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      this.step(target, event.key === "ArrowDown" ? 1 : -1, event.shiftKey);
    }
  };

  private readonly onReset = (): void => {
    // Now the boxes still are as they were.
    setTimeout(() => {
      this.meanEvery(false);
      this.last = -1;
      this.tell();
    });
  };

  /** Rows came and went by themselves. */
  private readonly onSettled = (): void => {
    this.tell();
  };

  private step(from: HTMLInputElement, by: number, takesAlong: boolean): void {
    const boxes = this.boxes;
    const next = boxes[boxes.indexOf(from) + by];
    if (!next) return;
    if (takesAlong) this.tick([from, next], true);
    next.focus();
    this.tell();
  }

  private tick(boxes: (HTMLInputElement | undefined)[], checked: boolean): void {
    for (const box of boxes) if (box) box.checked = checked;
  }

  private tell(): void {
    const boxes = this.boxes;
    const count = boxes.filter((box) => box.checked).length;
    const { one = "", many = "", every = "" } = this.form?.dataset ?? {};
    const says = this.querySelector("[data-count]");
    if (says) says.textContent = count ? counted(count, { one, many, every }, this.isEvery) : "";
    const more = this.querySelector<HTMLElement>("[data-select-every]");
    if (more) more.hidden = this.isEvery;
    if (!this.pageBox) return;
    this.pageBox.checked = count > 0 && count === boxes.length;
    this.pageBox.indeterminate = count > 0 && count < boxes.length;
  }
}

customElements.define("dh-selection", Selection);
