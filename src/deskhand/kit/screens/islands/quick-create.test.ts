import { expect, test } from "vitest";

import { contentOf, emptied, fullForm } from "./quick-create";

function typed(fields: Record<string, string>): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  return data;
}

test("what was typed goes along", () => {
  expect(fullForm("/new/?team=1", typed({ title: "Oven & co", customer: "Olena", secret: "x" }))).toBe(
    "/new/?team=1&title=Oven+%26+co&customer=Olena",
  );
});

test("nothing typed adds nothing", () => {
  expect(fullForm("/new/?team=1", typed({ title: "  ", customer: "" }))).toBe("/new/?team=1");
});

const FORM = `<form class="dh-quick">
  <input type="hidden" name="csrfmiddlewaretoken" value="kept">
  <input name="title" class="form-control is-invalid" aria-invalid="true" value="Oven">
  <div class="dh-error">Enter a title.</div>
  <input name="customer_key" value="7" hidden>
</form>`;

function quickForm(): { form: HTMLFormElement; title: HTMLInputElement } {
  document.body.innerHTML = FORM;
  const form = document.querySelector("form") as HTMLFormElement;
  return { form, title: form.elements.namedItem("title") as HTMLInputElement };
}

function tell(form: HTMLFormElement, type: string): void {
  form.dispatchEvent(new CustomEvent(type, { bubbles: true, detail: { elt: form, successful: true } }));
}

function isSent(form: HTMLFormElement): boolean {
  return form.dispatchEvent(new SubmitEvent("submit", { bubbles: true, cancelable: true }));
}

test("the next ticket begins with nothing typed and nothing wrong", () => {
  const { form } = quickForm();

  emptied(form, contentOf(form));

  expect([...new FormData(form).entries()]).toEqual([
    ["csrfmiddlewaretoken", "kept"],
    ["title", ""],
    ["customer_key", ""],
  ]);
  expect(form.querySelectorAll(".dh-error, .is-invalid, [aria-invalid]").length).toBe(0);
});

test("what is typed for the next ticket before the last one is answered stays, and can be sent", () => {
  const { form, title } = quickForm();
  tell(form, "htmx:beforeRequest");

  title.value = "Hob";
  expect(isSent(form)).toBe(true);
  tell(form, "htmx:afterRequest");

  expect([...new FormData(form).values()]).toEqual(["kept", "Hob", ""]);
});

test("the same is not sent twice while it is under way", () => {
  const { form, title } = quickForm();
  tell(form, "htmx:beforeRequest");
  expect(isSent(form)).toBe(false);

  tell(form, "htmx:afterRequest");
  title.value = "Oven";
  expect(isSent(form)).toBe(true);
});
