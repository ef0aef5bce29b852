/**
 * Pages that change by themselves. An element with `data-live="ticket.42 team.3"` gets `dh:changed` when one of these
 * changed; what it does then (usually `hx-get` of itself) is its own affair.
 */
import { Coalescer } from "./coalescer";
import { announceOver, showPresence, type Present } from "./presence";
import { drawnAt, LastingSocket } from "./socket";

const QUIET = 150;
const LONGEST = 1000;
/** Lists are drawn anew as a whole: seldom while much happens, and not all of a company's at one moment. */
const ROWS = "rows.";
const ROWS_QUIET = 300;
const ROWS_SCATTERED = 500;
const ROWS_LONGEST = 4000;

export function startLive(): void {
  const live = new Live();
  live.watch();
  document.addEventListener("htmx:afterSettle", () => {
    live.watch();
  });
  document.addEventListener("visibilitychange", () => {
    live.look();
  });
}

/** The topics that elements below `root` ask for, each once. */
export function topicsIn(root: ParentNode): string[] {
  const found = [...root.querySelectorAll<HTMLElement>("[data-live]")].flatMap((element) => topicsOf(element));
  return [...new Set(found)];
}

function topicsOf(element: HTMLElement): string[] {
  return (element.dataset["live"] ?? "").split(/\s+/).filter(Boolean);
}

/** Tells every element that watches one of `topics`; with null every element that watches anything. */
export function tell(root: ParentNode, topics: ReadonlySet<string> | null): void {
  for (const element of root.querySelectorAll<HTMLElement>("[data-live]")) {
    const changed = topicsOf(element).filter((topic) => !topics || topics.has(topic));
    if (changed.length) element.dispatchEvent(new CustomEvent("dh:changed", { detail: { topics: changed } }));
  }
}

/** What may not be seen any more leaves the screen at once: the page asks again as a whole, and is told why. */
function leave(topic: string): void {
  if (topicsIn(document).includes(topic)) location.reload();
}

class Live {
  private socket: LastingSocket | undefined;
  private watched = new Set<string>();
  private readonly changes = new Coalescer<string>(
    (topics) => {
      tell(document, topics);
    },
    QUIET,
    LONGEST,
  );
  private readonly rows = new Coalescer<string>(
    (topics) => {
      for (const topic of topics) this.unseen.add(topic);
      this.look();
    },
    ROWS_QUIET + Math.random() * ROWS_SCATTERED,
    ROWS_LONGEST,
  );
  /** Lists that changed while nobody looked at the page. */
  private unseen = new Set<string>();

  /** Draws lists that changed, once the page is looked at. */
  look(): void {
    if (document.hidden || !this.unseen.size) return;
    const topics = this.unseen;
    this.unseen = new Set();
    tell(document, topics);
  }

  /** Asks for what the page watches by now. */
  watch(): void {
    const fresh = topicsIn(document).filter((topic) => !this.watched.has(topic));
    if (!fresh.length) return;
    for (const topic of fresh) this.watched.add(topic);
    if (this.socket) this.socket.send({ watch: fresh, since: drawnAt() });
    else this.connect();
  }

  private connect(): void {
    this.socket = new LastingSocket(
      "/live/",
      (socket, wasThere) => {
        this.watched = new Set(topicsIn(document));
        const since = wasThere ? null : drawnAt();
        if (this.watched.size) socket.send(JSON.stringify({ watch: [...this.watched], since }));
        announceOver(socket);
        // Nobody knows what was missed meanwhile.
        if (wasThere) tell(document, null);
      },
      (message) => {
        const told = message as { changed?: string } | { gone: string } | Present;
        if ("present" in told) showPresence(document, told);
        else if ("gone" in told) leave(told.gone);
        else if (told.changed) (told.changed.startsWith(ROWS) ? this.rows : this.changes).add(told.changed);
      },
    );
  }
}
