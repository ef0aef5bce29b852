/** Hours as people type them, as `calendars/typed.py` reads them: minutes since midnight, an end behind midnight too. */

export type Stretch = readonly [start: number, end: number];

const DAY = 1440;
const RANGE = /^(\d{1,2})(?:[:.h](\d{2}))?\s*(?:-|–|—|to)\s*(\d{1,2})(?:[:.h](\d{2}))?/i;
const BETWEEN = /^[\s,;+&]+/;

/** What a text says, in order; null: it names no hours, or hours that lie on each other. */
export function hoursOf(text: string): Stretch[] | null {
  const found: Stretch[] = [];
  let rest = text.replace(BETWEEN, "");
  while (rest) {
    const read = RANGE.exec(rest);
    if (!read) return null;
    const start = minute(read[1], read[2]);
    const end = minute(read[3], read[4]);
    if (start === null || end === null || start >= DAY) return null;
    found.push([start, end > start ? end : end + DAY]);
    rest = rest.slice(read[0].length).replace(BETWEEN, "");
  }
  found.sort((one, other) => one[0] - other[0]);
  return found.some((one, index) => index > 0 && (found[index - 1] as Stretch)[1] > one[0]) ? null : found;
}

/** Minutes worked in all of them. */
export function lengthOf(hours: readonly Stretch[]): number {
  return hours.reduce((sum, [start, end]) => sum + end - start, 0);
}

/** What of them is drawn on the day itself: start and width. */
export function barsOf(hours: readonly Stretch[]): { x: number; width: number }[] {
  return hours.map(([start, end]) => ({ x: start, width: Math.min(end, DAY) - start }));
}

/** `7 h 30 min`; nothing worked is a dash. */
export function lengthText(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = Math.round(minutes % 60);
  const parts = [hours ? `${hours} h` : "", rest ? `${rest} min` : ""].filter(Boolean);
  return parts.join(" ") || "–";
}

function minute(hour: string | undefined, rest: string | undefined): number | null {
  const minutes = Number(rest ?? 0);
  const found = Number(hour) * 60 + minutes;
  return found > DAY || minutes >= 60 ? null : found;
}
