import { expect, test } from "vitest";

import { middle } from "./middle";

test("a column far to the right comes into the middle of the room beside the names", () => {
  expect(middle({ at: 1000, width: 30 }, 130, 366)).toBe(1000 - 130 - 103);
});

test("what is in sight already stays where it is", () => {
  expect(middle({ at: 140, width: 30 }, 130, 366)).toBe(0);
});
