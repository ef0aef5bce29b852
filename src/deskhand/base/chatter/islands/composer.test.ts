import { afterEach, expect, test, vi } from "vitest";

import { empty, filesOf, hasDraft, reachesNobody, since } from "./composer";

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

function open(): { form: HTMLFormElement; body: HTMLTextAreaElement; button: HTMLButtonElement } {
  const composer = document.createElement("dh-composer");
  composer.innerHTML = `<form class="dh-composer" data-composer="message"><textarea class="dh-write" name="body"></textarea>
    <input type="file" name="uploads" multiple><ul class="dh-kept"></ul><button class="dh-send"></button></form>`;
  document.body.replaceChildren(composer);
  const [form, body, button] = ["form", "textarea", "button"].map((name) => composer.querySelector(name));
  return { form, body, button } as ReturnType<typeof open>;
}

function sends(form: HTMLFormElement): boolean {
  return form.dispatchEvent(new Event("htmx:configRequest", { bubbles: true, cancelable: true }));
}

function arrives(form: HTMLFormElement): void {
  const detail = { elt: form, xhr: { status: 200, responseText: "" } };
  form.dispatchEvent(new CustomEvent("htmx:beforeOnLoad", { bubbles: true, detail }));
}

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test("what was typed since a text was sent is no part of it", () => {
  expect(since("Hello", "Hello")).toBe("");
  expect(since("Hello", "Hello\nOne more thing")).toBe("One more thing");
  expect(since("Hello", "Another thought")).toBe("Another thought");
});

test("who types on while a message is being sent goes on", () => {
  vi.useFakeTimers();
  const { form, body } = open();
  body.value = "Hello";
  sends(form);
  body.value = "Hello And";
  arrives(form);
  expect(body.value).toBe("And");
  sends(form);
  arrives(form);
  expect(body.value).toBe("");
});

test("Ctrl+Enter sends nothing a second time while it is being sent", () => {
  const { form, body, button } = open();
  const submitted = vi.spyOn(form, "requestSubmit").mockReturnValue();
  const press = (): boolean => body.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", ctrlKey: true, bubbles: true }));
  press();
  button.disabled = true; // by htmx, until the answer is here
  press();
  expect(submitted).toHaveBeenCalledTimes(1);
});

test("a message waits for its files", async () => {
  let arrived: (answer: Response) => void = () => undefined;
  vi.stubGlobal("fetch", () => new Promise((resolve) => (arrived = resolve)));
  const { form } = open();
  const submitted = vi.spyOn(form, "requestSubmit").mockReturnValue();
  const input = form.querySelector<HTMLInputElement>("input[type=file]");
  Object.defineProperty(input, "files", { value: [new File(["x"], "plan.pdf")] });
  input?.dispatchEvent(new Event("change", { bubbles: true }));
  expect(sends(form)).toBe(false);
  expect(submitted).not.toHaveBeenCalled();
  arrived(new Response("<li>plan.pdf</li>"));
  await vi.waitFor(() => {
    expect(submitted).toHaveBeenCalledTimes(1);
  });
  expect(sends(form)).toBe(true);
});
