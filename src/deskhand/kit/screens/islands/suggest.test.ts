import { expect, test, vi } from "vitest";

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

test("Enter follows nothing that was pointed to before somebody typed on", () => {
  const box = document.createElement("dh-suggest");
  box.dataset["url"] = "/suggestions/";
  box.innerHTML = "<input>";
  document.body.replaceChildren(box);
  const input = box.querySelector("input") as HTMLInputElement;
  const list = box.querySelector("[role=listbox]") as HTMLElement;
  list.innerHTML = `<a role="option">Ada</a>`;
  const followed = vi.fn();
  list.firstElementChild?.addEventListener("click", followed);
  const press = (key: string): boolean => input.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  list.hidden = false;
  press("ArrowDown");

  input.value = "Anna";
  input.dispatchEvent(new Event("input", { bubbles: true }));
  press("Enter");

  expect(followed).not.toHaveBeenCalled();
});
