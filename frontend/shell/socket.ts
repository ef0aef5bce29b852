/** A websocket that comes back by itself. */

/** The server's word for: you may not be here. */
const STRANGER = 4401;

/** How long to wait before the nth attempt, in milliseconds: doubling to half a minute, scattered. */
export function backoff(attempt: number, chance = Math.random()): number {
  return Math.min(30_000, 1000 * 2 ** attempt) * (0.5 + chance / 2);
}

/** When the page was drawn, by the server's clock: it may not know what changed since then, and was not told. */
export function drawnAt(): number {
  return parseFloat(document.documentElement.dataset["at"] ?? "");
}

export class LastingSocket {
  private socket: WebSocket | undefined;
  private attempt = 0;
  private wasOpen = false;

  /** `opened`: again and again; `wasThere` when something may have been missed meanwhile. `told`: what the server says. */
  constructor(
    private readonly path: string,
    private readonly opened: (socket: WebSocket, wasThere: boolean) => void,
    private readonly told: (message: unknown) => void,
  ) {
    this.connect();
  }

  /** Says something now; what cannot be said is for `opened` to say again. */
  send(message: unknown): void {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(message));
  }

  private connect(): void {
    const socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}${this.path}`);
    this.socket = socket;
    socket.addEventListener("open", () => {
      this.attempt = 0;
      const wasThere = this.wasOpen;
      this.wasOpen = true;
      this.opened(socket, wasThere);
    });
    socket.addEventListener("message", (event: MessageEvent<string>) => {
      this.told(JSON.parse(event.data));
    });
    socket.addEventListener("close", (event) => {
      if (event.code === STRANGER) return;
      setTimeout(() => {
        this.connect();
      }, backoff(this.attempt));
      this.attempt += 1;
    });
  }
}
