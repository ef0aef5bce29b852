import { expect, test } from "vitest";

import { empty, hasDraft, nextTab } from "./composer";

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

function written(body: string, cc = ""): HTMLFormElement {
  const form = document.createElement("form");
  form.innerHTML = `<input type="checkbox" name="to" value="7" checked><input name="cc"><textarea name="body">first</textarea>`;
  (form.elements.namedItem("body") as HTMLTextAreaElement).value = body;
  (form.elements.namedItem("cc") as HTMLInputElement).value = cc;
  return form;
}

test("text or an address is a draft, recipients alone are none", () => {
  expect(hasDraft(written("Hello"))).toBe(true);
  expect(hasDraft(written("", "ada@kunde.example"))).toBe(true);
  expect(hasDraft(written("  "))).toBe(false);
});

test("what was sent is taken out, even what the server had put in", () => {
  const form = written("first", "ada@kunde.example");
  empty(form);
  expect(hasDraft(form)).toBe(false);
});
