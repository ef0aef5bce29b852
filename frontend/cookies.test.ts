import { expect, it } from "vitest";
import { cookie } from "./cookies";

it("finds a cookie by its whole name", () => {
  expect(cookie("csrftoken", "xcsrftoken=no; csrftoken=a%3Db")).toBe("a=b");
  expect(cookie("csrftoken", "other=1")).toBe("");
});
