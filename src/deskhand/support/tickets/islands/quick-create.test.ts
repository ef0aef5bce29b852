import { expect, test } from "vitest";

import { fullForm } from "./quick-create";

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
