import { describe, expect, it } from "vitest";

import { chosenAfter, doable, fits, labelOf } from "./palette";

describe("the chosen option", () => {
  it("goes round at both ends", () => {
    expect(chosenAfter("ArrowDown", 2, 3)).toBe(0);
    expect(chosenAfter("ArrowUp", 0, 3)).toBe(2);
    expect(chosenAfter("ArrowDown", -1, 3)).toBe(0);
  });
  it("stops at the ends when it leaps", () => {
    expect(chosenAfter("PageDown", 1, 3)).toBe(2);
    expect(chosenAfter("PageUp", 3, 9)).toBe(0);
  });
  it("stays for other keys and in an empty list", () => {
    expect(chosenAfter("a", 1, 3)).toBeNull();
    expect(chosenAfter("ArrowDown", -1, 0)).toBeNull();
  });
});

describe("what fits", () => {
  it("has all the words, in any order and case", () => {
    expect(fits("Close Ticket", "ticket clo")).toBe(true);
    expect(fits("Close Ticket", "open")).toBe(false);
    expect(fits("Close Ticket", "")).toBe(true);
  });
});

describe("what can be done on a page", () => {
  it("is what its head shows, each once", () => {
    document.body.innerHTML = `<main id="content">
      <div class="dh-cp"><a class="btn" href="/new">New</a><button class="btn" disabled>Old</button></div>
      <div class="dh-head"><button class="btn" aria-label="Close it">x</button><a class="btn" href="/2"> New </a>
      <span hidden><button class="btn">Save</button></span></div>
      <button class="btn">Elsewhere</button></main>`;

    expect(doable(document).map(labelOf)).toEqual(["New", "Close it"]);
  });
});
