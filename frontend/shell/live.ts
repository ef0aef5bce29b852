/**
 * Pages that change by themselves. An element with `data-live="ticket.42 team.3"` gets `dh:changed` when one of these
 * changed; what it does then (usually `hx-get` of itself) is its own affair.
 */
import { Coalescer } from "./coalescer";
import { announceOver, showPresence, type Present } from "./presence";

const QUIET = 150;
const LONGEST = 1000;
/** Lists are drawn anew as a whole: seldom while much happens, and not all of a company's at one moment. */
const ROWS = "rows.";
const ROWS_QUIET = 300;
const ROWS_SCATTERED = 500;
const ROWS_LONGEST = 4000;
/** The server's word for: you are not signed in. */
const STRANGER = 4401;

export function startLive(): void {
  const live = new Live(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/live/`);
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

/** How long to wait before the nth attempt, in milliseconds: doubling to half a minute, scattered. */
export function backoff(attempt: number, chance = Math.random()): number {
  return Math.min(30_000, 1000 * 2 ** attempt) * (0.5 + chance / 2);
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
  private socket: WebSocket | undefined;
  private watched = new Set<string>();
  private attempt = 0;
  private wasOpen = false;
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

  constructor(private readonly url: string) {}

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
    if (!this.socket) this.connect();
    else if (this.socket.readyState === WebSocket.OPEN) this.send(fresh);
  }

  private connect(): void {
    const socket = new WebSocket(this.url);
    this.socket = socket;
    socket.addEventListener("open", () => {
      this.attempt = 0;
      this.watched = new Set(topicsIn(document));
      this.send([...this.watched]);
      announceOver(socket);
      // Nobody knows what was missed meanwhile.
      if (this.wasOpen) tell(document, null);
      this.wasOpen = true;
    });
    socket.addEventListener("message", (event: MessageEvent<string>) => {
      const told = JSON.parse(event.data) as { changed?: string } | { gone: string } | Present;
      if ("present" in told) showPresence(document, told);
      else if ("gone" in told) leave(told.gone);
      else if (told.changed) (told.changed.startsWith(ROWS) ? this.rows : this.changes).add(told.changed);
    });
    socket.addEventListener("close", (event) => {
      if (event.code === STRANGER) return;
      setTimeout(() => {
        this.connect();
      }, backoff(this.attempt));
      this.attempt += 1;
    });
  }

  private send(topics: string[]): void {
    if (topics.length) this.socket?.send(JSON.stringify({ watch: topics }));
  }
}
