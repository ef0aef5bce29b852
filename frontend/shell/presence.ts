/**
 * Who else looks at the same record, and who writes. A page says where it is as long as it is open; what it hears of
 * others stands in `<span data-present="ticket.42">`, in the words that the server put there.
 */
export interface Present {
  present: string;
  people: { name: string; writing: boolean }[];
}

/** `%s` stands for names. */
export interface Words {
  looks: string;
  look: string;
  writes: string;
  write: string;
}

const STILL_HERE = 20_000;
/** Somebody who writes says so this often; a little longer than that without a word, and they do not write any more. */
const WRITING_EVERY = 3_000;
const WRITING_LASTS = 6_000;

let place = "";
let socket: WebSocket | undefined;
let wroteAt = 0;
let beat = 0;
const fading = new Map<Element, number>();

/** This page is about `topic`; `writing`: somebody types. */
export function here(topic: string, writing = false): void {
  const isNew = topic !== place;
  place = topic;
  if (writing) {
    if (Date.now() - wroteAt < WRITING_EVERY) return;
    wroteAt = Date.now();
    say(true);
  } else if (isNew) say(false);
}

/** From now on over this socket; it has just been opened. */
export function announceOver(opened: WebSocket): void {
  socket = opened;
  say(false);
  window.clearInterval(beat);
  beat = window.setInterval(() => {
    say(false);
  }, STILL_HERE);
}

function say(writing: boolean): void {
  if (place && socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify({ here: place, writing }));
}

export function showPresence(root: ParentNode, told: Present): void {
  for (const element of root.querySelectorAll<HTMLElement>(`[data-present="${CSS.escape(told.present)}"]`)) show(element, told.people);
}

function show(element: HTMLElement, people: Present["people"]): void {
  const { looks = "", look = "", writes = "", write = "" } = element.dataset;
  element.textContent = inWords(people, { looks, look, writes, write });
  element.hidden = people.length === 0;
  window.clearTimeout(fading.get(element));
  if (!people.some((one) => one.writing)) return;
  const quiet = people.map((one) => ({ ...one, writing: false }));
  fading.set(element, window.setTimeout(show, WRITING_LASTS, element, quiet));
}

/** Who writes matters more than who looks. */
export function inWords(people: Present["people"], words: Words): string {
  const writing = people.filter((one) => one.writing);
  const [shown, one, many] = writing.length ? [writing, words.writes, words.write] : [people, words.looks, words.look];
  return shown.length ? (shown.length === 1 ? one : many).replace("%s", shown.map(({ name }) => name).join(", ")) : "";
}
