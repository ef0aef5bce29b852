import { expect, test } from "vitest";

import { step, turned } from "./board";

test("up and down stay inside the column", () => {
  expect(step({ column: 0, place: 0 }, "ArrowUp", [3, 1])).toEqual({ column: 0, place: 0 });
  expect(step({ column: 0, place: 3 }, "ArrowDown", [3, 1])).toEqual({ column: 0, place: 3 });
});

test("sideways keeps the place, or takes the end of a shorter column", () => {
  expect(step({ column: 0, place: 1 }, "ArrowRight", [3, 5])).toEqual({ column: 1, place: 1 });
  expect(step({ column: 0, place: 3 }, "ArrowRight", [3, 1])).toEqual({ column: 1, place: 1 });
});

test("there is nothing beyond the outer columns", () => {
  expect(step({ column: 0, place: 1 }, "ArrowLeft", [3, 1])).toEqual({ column: 0, place: 1 });
  expect(step({ column: 1, place: 0 }, "ArrowRight", [3, 1])).toEqual({ column: 1, place: 0 });
});

test("arrows point to the same columns where one reads from right to left", () => {
  expect(turned("ArrowLeft", "rtl")).toBe("ArrowRight");
  expect(turned("ArrowDown", "rtl")).toBe("ArrowDown");
  expect(turned("ArrowLeft", "ltr")).toBe("ArrowLeft");
});
