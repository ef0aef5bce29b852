import { expect, test } from "vitest";

import { fitting } from "./overflow";

test("all buttons stay where they fit", () => {
  expect(fitting([100, 100], 208, 60, 8)).toBe(2);
});

test("what finds no room makes room for the menu, too", () => {
  expect(fitting([100, 100, 100], 208, 60, 8)).toBe(1);
  expect(fitting([100, 100], 50, 60, 8)).toBe(0);
});
