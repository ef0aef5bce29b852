import { expect, test } from "vitest";

import { addressOf } from "./mail-template";

test("the number of the template stands where the pattern has a zero", () => {
  expect(addressOf("/mail/templates/0/", "12")).toBe("/mail/templates/12/");
  expect(addressOf("/mail/templates/preview/ticket/?template=0", "12")).toBe("/mail/templates/preview/ticket/?template=12");
});
