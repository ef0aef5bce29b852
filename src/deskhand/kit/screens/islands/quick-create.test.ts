import { expect, test } from "vitest";

import { emptied, fullForm } from "./quick-create";

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

test("the next ticket begins with nothing typed and nothing wrong", () => {
  document.body.innerHTML = `<form>
    <input type="hidden" name="csrfmiddlewaretoken" value="kept">
    <input name="title" class="form-control is-invalid" aria-invalid="true" value="Oven">
    <div class="dh-error">Enter a title.</div>
    <input name="customer_key" value="7" hidden>
  </form>`;
  const form = document.querySelector("form") as HTMLFormElement;

  emptied(form);

  expect([...new FormData(form).entries()]).toEqual([
    ["csrfmiddlewaretoken", "kept"],
    ["title", ""],
    ["customer_key", ""],
  ]);
  expect(form.querySelectorAll(".dh-error, .is-invalid, [aria-invalid]").length).toBe(0);
});
