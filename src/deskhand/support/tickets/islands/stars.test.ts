import { expect, test } from "vitest";

import { nextPriority } from "./stars";

test("clicking another star sets its level", () => {
  expect(nextPriority(3, 1)).toBe(3);
  expect(nextPriority(1, 3)).toBe(1);
});

test("clicking the present star takes all away", () => {
  expect(nextPriority(2, 2)).toBe(0);
});
