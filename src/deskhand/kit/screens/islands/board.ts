/**
 * The board: cards are dragged by mouse and touch, and moved by keyboard: Space picks a card up, arrows move it, Space
 * puts it down, Escape puts it back. The server answers every drop with the board as it is then.
 *
 * Beyond phones it scrolls by itself, and knows where one was when one comes back by the browser's buttons, as pages do.
 *
 * Where a drop is told: `data-drop` of the board (with `card`, the card's id), else `stage/` below the card's own
 * address. Without either (`data-drop=""`) cards only open.
 */
import Sortable from "sortablejs";

/** Where a card goes: the index of its column and its place in it. */
export interface Spot {
  column: number;
  place: number;
}

/** The spot one key press away; `sizes` are the numbers of cards per column without the moving one. */
export function step(spot: Spot, key: string, sizes: number[]): Spot {
  const within = (column: number, place: number): Spot => {
    return { column, place: Math.max(0, Math.min(place, sizes[column] ?? 0)) };
  };
  if (key === "ArrowUp") return within(spot.column, spot.place - 1);
  if (key === "ArrowDown") return within(spot.column, spot.place + 1);
  if (key === "ArrowLeft" && spot.column > 0) return within(spot.column - 1, spot.place);
  if (key === "ArrowRight" && spot.column < sizes.length - 1) return within(spot.column + 1, spot.place);
  return spot;
}

/** How far the board was scrolled, sideways and down. */
type Kept = [number, number];

/** How near to its edge a card that is dragged makes the board scroll, and how far each time; both in pixels. */
const EDGE = 72;
const STRIDE = 14;
const SCROLLED_MS = 100;

/** After how long a board asks again for what it did not show while a card was held. */
const HELD_MS = 1500;

/** The arrow that means the same where one reads from right to left. */
export function turned(key: string, direction: string): string {
  if (direction !== "rtl") return key;
  return { ArrowLeft: "ArrowRight", ArrowRight: "ArrowLeft" }[key] ?? key;
}

class Board extends HTMLElement {
  private scrolled = 0;
  private sortables: Sortable[] = [];
  private held: HTMLElement | null = null;
  private origin: { list: Element; next: Element | null } | null = null;
  private busy = false;

  connectedCallback(): void {
    this.goBack();
    this.makeSortable();
    this.addEventListener("scroll", this.remember, { passive: true });
    this.addEventListener("keydown", this.onKey);
    this.addEventListener("htmx:beforeRequest", this.waitWhileHeld);
    this.addEventListener("htmx:beforeSwap", this.waitWhileHeld);
    this.addEventListener("htmx:afterSettle", this.makeSortable);
    this.addEventListener("htmx:afterSettle", this.remember);
    this.addEventListener("click", this.openCard);
  }

  disconnectedCallback(): void {
    clearTimeout(this.scrolled);
    this.removeEventListener("scroll", this.remember);
    this.removeEventListener("htmx:afterSettle", this.remember);
    this.removeEventListener("keydown", this.onKey);
    this.removeEventListener("htmx:beforeRequest", this.waitWhileHeld);
    this.removeEventListener("htmx:beforeSwap", this.waitWhileHeld);
    this.removeEventListener("htmx:afterSettle", this.makeSortable);
    this.removeEventListener("click", this.openCard);
    this.forgetSortables();
  }

  /** Keeps where one is in the entry of the browser's history. */
  private remember = (): void => {
    clearTimeout(this.scrolled);
    this.scrolled = window.setTimeout(() => {
      const board: Kept = [this.scrollLeft, this.scrollTop];
      history.replaceState({ ...(history.state as object | null), board }, "");
    }, SCROLLED_MS);
  };

  private goBack(): void {
    const kept = (history.state as { board?: Kept } | null)?.board;
    if (kept) this.scrollTo(...kept);
  }

  /** Where cards are dropped: columns, narrow ones, and on phones, which show one column, the names of the others. */
  private get lists(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>(".dh-cards, .dh-fold[data-stage], .dh-stagepick [data-stage]:not(.on)")];
  }

  private makeSortable = (): void => {
    this.forgetSortables();
    if (this.dataset["drop"] === "") return;
    this.sortables = this.lists.map((list) =>
      Sortable.create(list, {
        group: { name: "cards", pull: list.matches(".dh-cards") },
        draggable: ".dh-card",
        animation: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 120,
        delay: 180,
        delayOnTouchOnly: true,
        forceAutoScrollFallback: true, // browsers scroll by themselves only in the last pixels, some not at all
        scrollSensitivity: EDGE,
        scrollSpeed: STRIDE,
        filter: "button, .dh-quick",
        preventOnFilter: false,
        ghostClass: "dh-ghost",
        onStart: () => (this.busy = true),
        onEnd: (event) => {
          this.busy = false;
          if (event.from !== event.to || event.oldIndex !== event.newIndex) this.drop(event.item);
        },
      }),
    );
  };

  private forgetSortables(): void {
    for (const sortable of this.sortables) sortable.destroy();
    this.sortables = [];
  }

  /** A refresh, asked for now or before the card was picked up, would take it out of the hand that moves it. */
  private waitWhileHeld = (event: Event): void => {
    if (!(this.busy || this.held) || event.target !== this) return;
    event.preventDefault();
    setTimeout(() => this.dispatchEvent(new Event("dh:changed")), HELD_MS);
  };

  /** The whole card opens its record; what can be clicked on it does its own. */
  private openCard = (event: MouseEvent): void => {
    const target = event.target as Element;
    const card = target.closest<HTMLElement>(".dh-card[data-id]");
    if (card && !target.closest("a, button, details, form")) card.querySelector<HTMLElement>("h3 a")?.click();
  };

  private onKey = (event: KeyboardEvent): void => {
    const card = event.target as HTMLElement;
    if (!card.matches(".dh-card[data-id]")) return;
    if (event.key === "Enter" && !this.held) card.querySelector<HTMLElement>("h3 a")?.click();
    else if (event.key === " ") this.pickUpOrPutDown(card);
    else if (event.key === "Escape" && this.held) this.putBack();
    else if (event.key.startsWith("Arrow")) this.moveOrWalk(card, event.key);
    else return;
    event.preventDefault();
  };

  private pickUpOrPutDown(card: HTMLElement): void {
    if (this.dataset["drop"] === "") return;
    if (!this.held) {
      this.held = card;
      this.origin = { list: card.parentElement as Element, next: card.nextElementSibling };
      card.classList.add("dh-held");
      this.say(this.textOf("picked"));
      return;
    }
    this.held.classList.remove("dh-held");
    this.held = null;
    this.drop(card);
  }

  private putBack(): void {
    const card = this.held;
    if (!card || !this.origin) return;
    this.origin.list.insertBefore(card, this.origin.next);
    card.classList.remove("dh-held");
    this.held = null;
    card.focus();
    this.say(this.textOf("back"));
  }

  private moveOrWalk(card: HTMLElement, key: string): void {
    const columns = [...this.querySelectorAll<HTMLElement>(".dh-cards")];
    const cards = columns.map((list) => [...list.querySelectorAll<HTMLElement>(".dh-card[data-id]")]);
    const column = columns.findIndex((list) => list.contains(card));
    const spot: Spot = { column, place: cards[column]?.indexOf(card) ?? 0 };
    const towards = turned(key, getComputedStyle(this).direction);
    if (this.held) this.carry(card, spot, towards, columns, cards);
    else this.walk(spot, towards, cards);
  }

  private walk(from: Spot, key: string, cards: HTMLElement[][]): void {
    const to = step(from, key, cards.map((list) => Math.max(0, list.length - 1)));
    cards[to.column]?.[to.place]?.focus();
  }

  private carry(card: HTMLElement, from: Spot, key: string, columns: HTMLElement[], cards: HTMLElement[][]): void {
    const others = cards.map((list) => list.filter((other) => other !== card));
    const to = step(from, key, others.map((list) => list.length));
    const list = columns[to.column];
    const peers = others[to.column] ?? [];
    list?.insertBefore(card, peers[to.place] ?? null);
    card.focus();
    this.say(`${list?.dataset["stageName"] ?? ""} ${to.place + 1}/${peers.length + 1}`);
  }

  private drop(card: HTMLElement): void {
    const list = card.closest<HTMLElement>("[data-stage]");
    const id = (element: Element | null): string => (element as HTMLElement | null)?.dataset["id"] ?? "";
    const address = this.dataset["drop"] ?? `${card.dataset.ticket}stage/${location.search}`;
    // Sent by the card: of what one element asks for while its last answer is on its way, htmx sends only the last.
    void window.htmx.ajax("post", address, {
      source: card,
      target: "#board",
      swap: "morph:outerHTML",
      values: { card: id(card), stage: list?.dataset.stage, after: id(card.previousElementSibling), before: id(card.nextElementSibling) },
    });
  }

  private say(text: string): void {
    const place = this.querySelector("#board-says");
    if (place) place.textContent = text;
  }

  private textOf(what: "picked" | "back"): string {
    return this.querySelector<HTMLElement>("#board-says")?.dataset[what] ?? "";
  }
}

customElements.define("dh-board", Board);
