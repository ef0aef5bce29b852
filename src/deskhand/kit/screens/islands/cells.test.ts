// @vitest-environment happy-dom
import { expect, test } from "vitest";

import { addressOf } from "./cells";

test("the address of a cell names record and column, and keeps what the list shows", () => {
  expect(addressOf("/contacts/0/cell/", "42", "email", "?filter=people&q=a+b")).toBe(
    "/contacts/42/cell/?filter=people&q=a+b&column=email",
  );
});
