import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Coalescer } from "./coalescer";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe("Coalescer", () => {
  const started = (): { handed: string[][]; coalescer: Coalescer<string> } => {
    const handed: string[][] = [];
    return { handed, coalescer: new Coalescer((items) => handed.push([...items]), 150, 1000) };
  };

  it("hands over a burst once, each thing once", () => {
    const { handed, coalescer } = started();
    for (const item of ["a", "b", "a"]) coalescer.add(item);

    vi.advanceTimersByTime(150);

    expect(handed).toEqual([["a", "b"]]);
  });

  it("does not wait for ever when it never gets quiet", () => {
    const { handed, coalescer } = started();
    for (let passed = 0; passed < 1200; passed += 100) {
      coalescer.add("a");
      vi.advanceTimersByTime(100);
    }

    expect(handed).toEqual([["a"]]);
  });

  it("begins anew after it handed over", () => {
    const { handed, coalescer } = started();
    coalescer.add("a");
    vi.advanceTimersByTime(200);
    coalescer.add("b");
    vi.advanceTimersByTime(200);

    expect(handed).toEqual([["a"], ["b"]]);
  });
});
