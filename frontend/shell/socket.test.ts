import { describe, expect, it } from "vitest";
import { backoff } from "./socket";

describe("backoff", () => {
  it("doubles, up to half a minute", () => {
    expect([0, 1, 2, 10].map((attempt) => backoff(attempt, 1))).toEqual([1000, 2000, 4000, 30_000]);
  });

  it("scatters, so that not all pages come back at once", () => {
    expect(backoff(2, 0)).toBe(2000);
  });
});
