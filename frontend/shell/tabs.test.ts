import { beforeEach, expect, test } from "vitest";

import { chooseTab, nextTab } from "./tabs";

test("arrows go around", () => {
  expect(nextTab(1, 2, "ArrowRight")).toBe(0);
  expect(nextTab(0, 2, "ArrowLeft")).toBe(1);
});

test("home and end go to the ends", () => {
  expect(nextTab(1, 3, "Home")).toBe(0);
  expect(nextTab(0, 3, "End")).toBe(2);
});

test("other keys move nothing", () => {
  expect(nextTab(0, 2, "a")).toBeNull();
});

beforeEach(() => {
  document.body.innerHTML = `<div role="tablist"><button role="tab" id="one" aria-controls="first" aria-selected="true"></button>
    <button role="tab" id="two" aria-controls="second" aria-selected="false" tabindex="-1"></button></div>
    <div id="first"></div><div id="second" hidden></div>`;
});

test("the panel of the chosen tab is shown, and only that", () => {
  const panel = chooseTab(document.getElementById("two") as HTMLElement);

  expect(panel?.id).toBe("second");
  expect(panel?.hidden).toBe(false);
  expect(document.getElementById("first")?.hidden).toBe(true);
  expect(document.getElementById("one")?.getAttribute("aria-selected")).toBe("false");
  expect(document.getElementById("two")?.tabIndex).toBe(0);
});
