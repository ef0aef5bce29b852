/**
 * `<dh-letters data-watch="letters.42" role="status">`: the customer's page shows by itself what the desk answered and
 * how far it is, and says so politely. It asks for itself once more and takes over what is marked with `data-part`; what
 * is typed stands in none of them. Behind a personal link `data-token` says so instead of a session.
 *
 * Texts: `data-answer`, `data-list`. Parts: `letters` (by the ids of its children, which stay as they are), `list`,
 * others that say nothing, and those that say what they are by `data-says`, when that is another word than before.
 */
import { Coalescer } from "../../../../frontend/shell/coalescer";
import { drawnAt, LastingSocket } from "../../../../frontend/shell/socket";

const QUIET = 300;
const LONGEST = 2000;

/** Brings new children in and takes away those that are gone; the others are not touched. What is new. */
export function grow(old: Element, fresh: Element): Element[] {
  const known = new Set([...old.children].map((child) => child.id));
  const wanted = [...fresh.children];
  const ids = new Set(wanted.map((child) => child.id));
  for (const child of [...old.children]) if (!ids.has(child.id)) child.remove();
  const grown = wanted.filter((child) => !known.has(child.id));
  for (const child of grown) old.insertBefore(child, old.children[wanted.indexOf(child)] ?? null);
  return grown;
}

/** Whether both say the same; how long ago something was does not count. */
export function same(one: Element, other: Element): boolean {
  const [first, second] = [one, other].map((element) => {
    const copy = element.cloneNode(true) as Element;
    for (const moment of copy.querySelectorAll("time")) moment.remove();
    return copy;
  });
  return first?.isEqualNode(second ?? null) ?? false;
}

/** Puts one part in the place of another; who stands on a link there still does. False: nothing changed. */
export function replace(old: Element, fresh: Element): boolean {
  if (same(old, fresh) || old.matches("details[open]")) return false;
  const link = old.contains(document.activeElement) ? document.activeElement?.getAttribute("href") : null;
  old.replaceWith(fresh);
  if (link) fresh.querySelector<HTMLElement>(`[href="${CSS.escape(link)}"]`)?.focus();
  return true;
}

export class Letters extends HTMLElement {
  private readonly changes = new Coalescer<string>(() => void this.refresh(), QUIET, LONGEST);

  private socket: LastingSocket | undefined;
  private asks = 0;

  connectedCallback(): void {
    const { token } = this.dataset;
    this.socket ??= new LastingSocket(
      token ? "/live/link/" : "/live/",
      (socket, wasThere) => {
        const since = wasThere ? null : drawnAt();
        socket.send(JSON.stringify(token ? { token, since } : { ...this.asked, since }));
        if (wasThere) this.changes.add("");
      },
      (message) => {
        const told = message as { changed?: string; gone?: string };
        if (told.gone) this.leave(told.gone);
        else if (told.changed) this.changes.add(told.changed);
      },
    );
  }

  private get asked(): { watch: string[] } {
    return { watch: this.dataset["watch"]?.split(" ") ?? [] };
  }

  /** A ticket that may not be seen any more leaves the screen; of a list only its row does. */
  private leave(address: string): void {
    if (this.dataset["list"]) this.changes.add(address);
    else location.reload();
  }

  /** Of two answers on their way the one that was asked for last counts: an older one would take letters away again. */
  async refresh(): Promise<void> {
    const turn = ++this.asks;
    const response = await fetch(location.href).catch(() => null);
    if (!response?.ok) return;
    const page = await response.text();
    if (turn === this.asks) this.take(new DOMParser().parseFromString(page, "text/html"));
  }

  /** Takes over the parts of a newer page, and says what is new. */
  take(page: Document): void {
    let said = "";
    for (const old of document.querySelectorAll<HTMLElement>("[data-part]")) {
      const part = old.dataset["part"] ?? "";
      const fresh = page.querySelector<HTMLElement>(`[data-part="${part}"]`);
      if (!fresh) continue;
      if (part === "letters") {
        if (grow(old, fresh).some((letter) => !letter.hasAttribute("data-mine"))) said = this.dataset["answer"] ?? "";
      } else if (replace(old, fresh)) {
        said ||= this.sentence(part, old, fresh);
      }
    }
    if (said) this.textContent = said;
    this.follow(page.querySelector<HTMLElement>("dh-letters")?.dataset["watch"]);
  }

  /** The list shows other tickets than before. */
  private follow(watch = this.dataset["watch"]): void {
    if (watch === this.dataset["watch"]) return;
    this.dataset["watch"] = watch;
    this.socket?.send(this.asked);
  }

  private sentence(part: string, old: HTMLElement, fresh: HTMLElement): string {
    const says = fresh.dataset["says"];
    if (says === undefined) return this.dataset[part] ?? "";
    return says === old.dataset["says"] ? "" : says;
  }
}

if (!customElements.get("dh-letters")) customElements.define("dh-letters", Letters);
