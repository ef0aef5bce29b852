import { expect, test } from "vitest";

import { sectionAt } from "./sections";

test("the section being read is the last one above the line", () => {
  expect(sectionAt([-400, 120, 700], 160)).toBe(1);
});

test("before the first section it is the first", () => {
  expect(sectionAt([300, 600], 160)).toBe(0);
});
