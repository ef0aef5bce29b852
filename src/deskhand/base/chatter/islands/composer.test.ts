import { expect, test } from "vitest";

import { empty, filesOf, hasDraft, reachesNobody } from "./composer";

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

test("a message without a recipient and without a copy reaches nobody", () => {
  const form = written("Hello");
  expect(reachesNobody(form)).toBe(false);
  form.querySelector("input")?.removeAttribute("checked");
  expect(reachesNobody(form)).toBe(true);
  expect(reachesNobody(written("Hello", "ada@kunde.example"))).toBe(false);
});

test("where nobody follows, nothing is said before writing begins", () => {
  const [idle, begun] = [written(""), written("Hello")];
  for (const form of [idle, begun]) form.querySelector("[name=to]")?.remove();
  expect(reachesNobody(idle)).toBe(false);
  expect(reachesNobody(begun)).toBe(true);
});

test("a note needs no recipient", () => {
  const note = written("Between us");
  for (const control of note.querySelectorAll("input")) control.remove();
  expect(reachesNobody(note)).toBe(false);
});

test("pictures of the clipboard are files, cells of a spreadsheet that come with a picture are text", () => {
  const picture = new File(["x"], "image.png", { type: "image/png" });
  const holding = (text: string): DataTransfer => ({ files: [picture], getData: () => text }) as unknown as DataTransfer;
  expect(filesOf(holding(""))).toEqual([picture]);
  expect(filesOf(holding("A\tB"))).toEqual([]);
  expect(filesOf(null)).toEqual([]);
});
