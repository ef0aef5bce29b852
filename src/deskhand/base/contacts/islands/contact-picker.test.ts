import { describe, expect, it } from "vitest";

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
