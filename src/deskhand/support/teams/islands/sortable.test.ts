import { expect, test } from "vitest";

import { filled, placeAfter } from "./sortable";

test("arrows move an item by one place, as far as the ends", () => {
  expect(placeAfter("ArrowDown", 0, 3)).toBe(1);
  expect(placeAfter("ArrowRight", 2, 3)).toBe(2);
  expect(placeAfter("ArrowUp", 0, 3)).toBe(0);
  expect(placeAfter("ArrowLeft", 2, 3)).toBe(1);
});

test("home and end move it to the ends", () => {
  expect(placeAfter("Home", 2, 4)).toBe(0);
  expect(placeAfter("End", 1, 4)).toBe(3);
});

test("other keys move nothing", () => {
  expect(placeAfter("Enter", 1, 3)).toBeNull();
});

test("a sentence is filled in order", () => {
  expect(filled("%s, place %d of %d", "New", 2, 5)).toBe("New, place 2 of 5");
});
