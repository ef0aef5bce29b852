import { expect, test } from "vitest";

import { takeOver } from "./kept-form";

const drawn = (inside: string): Document =>
  new DOMParser().parseFromString(`<dh-kept-form><form>${inside}</form></dh-kept-form>`, "text/html");

test("a refused form shows what the server says, and keeps what was chosen", () => {
  const form = document.createElement("form");
  form.innerHTML = `<textarea name="body"></textarea><dh-upload><p>plate.png</p></dh-upload>`;
  document.body.append(form);

  takeOver(form, drawn(`<textarea class="is-invalid" name="body">Kept</textarea><b>Too much</b><dh-upload></dh-upload>`));

  expect(form.querySelector("textarea")?.value).toBe("Kept");
  expect(form.querySelector("b")?.textContent).toBe("Too much");
  expect(form.querySelector("dh-upload p")?.textContent).toBe("plate.png");
  expect(document.activeElement).toBe(form.querySelector("textarea"));
});

test("an answer without the form changes nothing", () => {
  const form = document.createElement("form");
  form.innerHTML = "<p>as it was</p>";

  takeOver(form, new DOMParser().parseFromString("<h1>Something else</h1>", "text/html"));

  expect(form.innerHTML).toBe("<p>as it was</p>");
});
