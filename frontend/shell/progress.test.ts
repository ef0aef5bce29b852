import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { counted } from "./progress";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe("counted", () => {
  it("says nothing of what is done in a moment", () => {
    const change = vi.fn();
    const { begin, end } = counted(change, 300);
    begin();
    vi.advanceTimersByTime(299);
    end();
    vi.advanceTimersByTime(1000);

    expect(change).not.toHaveBeenCalledWith(true);
  });

  it("works until the last is done", () => {
    const change = vi.fn();
    const { begin, end } = counted(change, 300);
    begin();
    begin();
    vi.advanceTimersByTime(300);
    end();
    expect(change.mock.calls).toEqual([[true]]);

    end();
    expect(change.mock.calls).toEqual([[true], [false]]);
  });
});
