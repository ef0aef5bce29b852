import { expect, test } from "vitest";

import { room } from "./conditions";

test("the last line stays, and there are no more than the most", () => {
  expect(room(1, 10)).toEqual({ more: true, fewer: false });
  expect(room(10, 10)).toEqual({ more: false, fewer: true });
});
