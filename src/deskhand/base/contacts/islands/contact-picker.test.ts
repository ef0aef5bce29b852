import { describe, expect, it, vi } from "vitest";

import { searchUrl, step } from "./contact-picker";

describe("step", () => {
  it("starts at the first option downwards and at the last upwards", () => {
    expect(step(-1, 1, 3)).toBe(0);
    expect(step(-1, -1, 3)).toBe(2);
  });

  it("goes around the ends", () => {
    expect(step(2, 1, 3)).toBe(0);
    expect(step(0, -1, 3)).toBe(2);
  });

  it("stays nowhere when there is nothing to choose", () => {
    expect(step(-1, 1, 0)).toBe(-1);
  });
});

describe("searchUrl", () => {
  it("keeps what is asked for besides and encodes what was typed", () => {
    expect(searchUrl("/contacts/search/", "Åse & co")).toBe("/contacts/search/?q=%C3%85se%20%26%20co");
    expect(searchUrl("/contacts/search/?companies", "x")).toBe("/contacts/search/?companies&q=x");
  });
});

it("takes nothing that was pointed to before somebody typed on", async () => {
  vi.useFakeTimers();
  vi.stubGlobal("fetch", () => Promise.resolve({ ok: true, text: () => Promise.resolve('<li role="option" data-pk="7" data-shown="Ada"></li>') }));
  const picker = document.createElement("dh-contact-picker");
  picker.dataset["search"] = "/search/";
  picker.innerHTML = `<input name="customer"><input hidden data-pk><input hidden data-shown>`;
  document.body.replaceChildren(picker);
  const input = picker.querySelector("input") as HTMLInputElement;
  const press = (key: string): boolean => input.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  const type = (text: string): void => {
    input.value = text;
    input.dispatchEvent(new Event("input", { bubbles: true }));
  };
  type("A");
  await vi.advanceTimersByTimeAsync(200);
  press("ArrowDown");

  type("Anna");
  press("Enter");

  expect(input.value).toBe("Anna");
  vi.useRealTimers();
  vi.unstubAllGlobals();
});
