// @vitest-environment happy-dom
import { beforeEach, expect, test } from "vitest";

import { linkOfRow } from "./rows";

beforeEach(() => {
  document.body.innerHTML = `<table class="dh-list"><tbody><tr class="rec">
    <td class="sel"><label><input type="checkbox"></label></td>
    <td class="lead"><a href="/contacts/1/">Ada</a></td><td id="city">Oslo</td><td data-edit="email" id="email">a@b.example</td>
  </tr></tbody></table><p id="else">Elsewhere</p>`;
});

const at = (selector: string): Element => document.querySelector(selector) as Element;

test("a row leads where its first link does", () => {
  expect(linkOfRow(at("#city"), "")?.getAttribute("href")).toBe("/contacts/1/");
});

test.each(["input", "a", "#email", "#else"])("a click on %s is meant for itself", (selector) => {
  expect(linkOfRow(at(selector), "")).toBeNull();
});

test("text that was selected stays selected", () => {
  expect(linkOfRow(at("#city"), "Oslo")).toBeNull();
});
