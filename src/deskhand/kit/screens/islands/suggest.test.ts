import { expect, test } from "vitest";

import { pointedAfter } from "./suggest";

test("arrows go through the suggestions and back to what was typed", () => {
  expect(pointedAfter("ArrowDown", -1, 2)).toBe(0);
  expect(pointedAfter("ArrowDown", 1, 2)).toBe(-1);
  expect(pointedAfter("ArrowUp", -1, 2)).toBe(1);
  expect(pointedAfter("ArrowUp", 0, 2)).toBe(-1);
});

test("other keys and an empty list move nothing", () => {
  expect(pointedAfter("ArrowLeft", 1, 2)).toBe(1);
  expect(pointedAfter("ArrowDown", -1, 0)).toBe(-1);
});
