import { beforeEach, describe, expect, it, vi } from "vitest";

import { begins, bound, isOn, isTyping, pressed } from "./shortcuts";

describe("keys that are pressed", () => {
  it("add up while they come quickly", () => {
    expect(pressed("g", "t", 200)).toBe("g t");
    expect(pressed("g", "t", 5000)).toBe("t");
    expect(pressed("", "n", 0)).toBe("n");
  });
});

describe("what a key does", () => {
  beforeEach(() => {
    document.body.innerHTML = `<a data-key="g t" id="a">Tickets</a><a data-key="n" id="b">New</a><input id="c"><div id="d"></div>`;
    for (const one of document.querySelectorAll("*")) one.checkVisibility = () => true;
  });

  it("is looked up on the page", () => {
    expect(bound(document, "n")?.id).toBe("b");
    expect(bound(document, "g t")?.id).toBe("a");
    expect(bound(document, "x")).toBeNull();
    expect(begins(document, "g")).toBe(true);
    expect(begins(document, "n")).toBe(false);
  });

  it("is nothing while somebody types", () => {
    expect(isTyping(document.querySelector("#c"))).toBe(true);
    expect(isTyping(document.querySelector("#d"))).toBe(false);
  });

  it("clicks what has it, outside of fields", () => {
    const clicked = vi.fn();
    document.querySelector("#b")?.addEventListener("click", clicked);

    document.querySelector("#c")?.dispatchEvent(new KeyboardEvent("keydown", { key: "n", bubbles: true }));
    expect(clicked).not.toHaveBeenCalled();

    document.querySelector("#d")?.dispatchEvent(new KeyboardEvent("keydown", { key: "n", bubbles: true }));
    expect(clicked).toHaveBeenCalledOnce();
  });
});

describe("a part of the list", () => {
  it("is shown over pages that have what it is about", () => {
    document.body.innerHTML = `<dh-board></dh-board><section data-for="dh-board"></section><section data-for=".dh-composer"></section>`;

    const parts = [...document.querySelectorAll("section")].map((part) => isOn(document, part));
    expect(parts).toEqual([true, false]);
  });
});
