import { expect, test } from "vitest";

import { inWords, isOld } from "./tools";

test("a count is said in words, none is not", () => {
  expect(inWords("Notifications", "%s unread", 2)).toBe("Notifications, 2 unread");
  expect(inWords("Notifications", "%s unread", 0)).toBe("Notifications");
});

test("counts are old after a while, or when the clock was set back", () => {
  expect(isOld({ counts: {}, at: 1000 }, 2000)).toBe(false);
  expect(isOld({ counts: {}, at: 1000 }, 60_000)).toBe(true);
  expect(isOld({ counts: {}, at: 1000 }, 0)).toBe(true);
});
