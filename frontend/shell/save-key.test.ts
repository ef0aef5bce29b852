import { beforeEach, describe, expect, it } from "vitest";
import { formToSave } from "./save-key";

beforeEach(() => {
  document.body.innerHTML = `<form id="page" data-save></form><form id="other" data-save><input></form><form id="search"><input></form>`;
});

describe("formToSave", () => {
  it("is the form people are in", () => {
    expect(formToSave(document.querySelector("#other input") as Element)?.id).toBe("other");
  });

  it("is the page's first when they are in none", () => {
    expect(formToSave(document.querySelector("#search input") as Element)?.id).toBe("page");
  });

  it("is nothing where nothing is saved", () => {
    document.body.innerHTML = "<form></form>";
    expect(formToSave(document.body)).toBeNull();
  });
});
