// @vitest-environment happy-dom
import { beforeEach, expect, test } from "vitest";

import { between, counted } from "./selection";

const WORDS = { one: "1 selected", many: "%d selected", every: "All 340 selected" };

test("a click with Shift reaches from the last one to this one, in both directions", () => {
  expect(between(1, 3)).toEqual([1, 2, 3]);
  expect(between(3, 1)).toEqual([1, 2, 3]);
  expect(between(-1, 2)).toEqual([2]);
});

test("what the bar says", () => {
  expect(counted(1, WORDS, false)).toBe("1 selected");
  expect(counted(3, WORDS, false)).toBe("3 selected");
  expect(counted(80, WORDS, true)).toBe("All 340 selected");
});

const ROWS = [1, 2, 3].map(
  (pk) => `<tr><td><label class="dh-tick"><input type="checkbox" name="pk" value="${String(pk)}" form="dh-mass"></label></td></tr>`,
);

beforeEach(() => {
  document.body.innerHTML = `<main><dh-selection><form id="dh-mass" data-one="1 selected" data-many="%d selected" data-every="All 340 selected">
    <input type="hidden" name="all" value="1" disabled><span data-count></span><button type="button" data-select-every></button>
  </form></dh-selection><input type="checkbox" data-pick-page><table>${ROWS.join("")}</table></main>`;
});

function boxes(): HTMLInputElement[] {
  return [...document.querySelectorAll<HTMLInputElement>("[name=pk]")];
}

function said(): string | null | undefined {
  return document.querySelector("[data-count]")?.textContent;
}

test("all of the page, then all of the list, then one less", () => {
  document.querySelector<HTMLElement>("[data-pick-page]")?.click();
  expect(boxes().every((box) => box.checked)).toBe(true);
  expect(said()).toBe("3 selected");

  document.querySelector<HTMLElement>("[data-select-every]")?.click();
  expect(said()).toBe("All 340 selected");
  expect(document.querySelector<HTMLInputElement>("[name=all]")?.disabled).toBe(false);

  boxes()[1]?.click();
  expect(said()).toBe("2 selected");
  expect(document.querySelector<HTMLInputElement>("[name=all]")?.disabled).toBe(true);
});

test("arrows with Shift take rows along", () => {
  const first = boxes()[0] as HTMLInputElement;
  first.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowDown", shiftKey: true, bubbles: true }));

  expect(boxes().map((box) => box.checked)).toEqual([true, true, false]);
  expect(document.activeElement).toBe(boxes()[1]);
});
