import { describe, expect, it } from "vitest";
import { isSignIn, lasts } from "./toasts";

describe("lasts", () => {
  it("is longer for what can be taken back, and for what went wrong", () => {
    const plain = lasts({ text: "Saved." });

    expect(lasts({ text: "Saved.", undo: "/undo/" })).toBeGreaterThan(plain);
    expect(lasts({ text: "Saved.", tone: "bad" })).toBeGreaterThan(plain);
  });
});

describe("isSignIn", () => {
  it("knows the sign-in from all else", () => {
    expect(isSignIn('<!doctype html><form method="post" data-sign-in class="dh-form">')).toBe(true);
    expect(isSignIn('<!doctype html><form method="post"><p>data-sign-in</p>')).toBe(false);
  });
});
