import { afterEach, describe, expect, it, test, vi } from "vitest";

import { replaced, Suggestions, triggerAt } from "./suggestions";

test("an @ at the beginning of a word calls somebody, with blanks in the name", () => {
  expect(triggerAt("@jo", 3)).toEqual({ sign: "@", start: 0, query: "jo" });
  expect(triggerAt("Ask @Jonas We", 13)).toEqual({ sign: "@", start: 4, query: "Jonas We" });
  expect(triggerAt("Ask (@", 6)).toEqual({ sign: "@", start: 5, query: "" });
});

test("a mail address calls nobody", () => {
  expect(triggerAt("write to ada@kunde.example", 26)).toBeNull();
  expect(triggerAt("Ask @ later", 11)).toBeNull();
});

test("a colon at the beginning of a word asks for a canned response, one inside a word does not", () => {
  expect(triggerAt("Hello\n:ref", 10)).toEqual({ sign: ":", start: 6, query: "ref" });
  expect(triggerAt("at 10:30", 8)).toBeNull();
  expect(triggerAt("https://x", 7)).toBeNull();
  expect(triggerAt("Note: this", 10)).toBeNull();
});

test("behind a colleague who was called the sentence goes on", () => {
  expect(triggerAt("@Jonas Weber could", 18, ["@Jonas Weber"])).toBeNull();
  expect(triggerAt("@Jonas Weber :ref", 17, ["@Jonas Weber"])).toEqual({ sign: ":", start: 13, query: "ref" });
  expect(triggerAt("@Jonas Weberknecht", 18, ["@Jonas Weber"])).toEqual({ sign: "@", start: 0, query: "Jonas Weberknecht" });
});

test("what is behind the caret does not matter", () => {
  expect(triggerAt("@Jo and more", 3)).toEqual({ sign: "@", start: 0, query: "Jo" });
});

test("a name is followed by a blank, a canned response stands as it is", () => {
  expect(replaced("Ask @jo", { sign: "@", start: 4, query: "jo" }, "@Jonas Weber")).toEqual({ text: "Ask @Jonas Weber ", caret: 17 });
  expect(replaced("Ask @jo now", { sign: "@", start: 4, query: "jo" }, "@Jonas")).toEqual({ text: "Ask @Jonas now", caret: 11 });
  expect(replaced(":ref", { sign: ":", start: 0, query: "ref" }, "We refund.")).toEqual({ text: "We refund.", caret: 10 });
});

describe("while the server answers", () => {
  const PAUSE = 150;
  let answers: Record<string, (names: string[]) => Promise<void>> = {};

  function write(text: string): HTMLTextAreaElement {
    const area = document.querySelector("textarea") ?? document.createElement("textarea");
    if (!area.isConnected) {
      document.body.replaceChildren(area);
      new Suggestions(area, "/chat/");
    }
    area.value = text;
    area.setSelectionRange(text.length, text.length);
    area.dispatchEvent(new Event("input", { bubbles: true }));
    return area;
  }

  function press(area: HTMLTextAreaElement, key: string): void {
    area.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  }

  function slowServer(): void {
    answers = {};
    vi.useFakeTimers();
    vi.stubGlobal("fetch", (url: string, { signal }: { signal: AbortSignal }) => {
      return new Promise((resolve, reject) => {
        signal.addEventListener("abort", () => {
          reject(new DOMException("", "AbortError"));
        });
        answers[url.split("q=")[1] ?? ""] = async (names) => {
          const html = names.map((name) => `<li role="option" data-text="@${name}" data-pk="1"></li>`).join("");
          resolve({ ok: true, redirected: false, text: () => Promise.resolve(html) });
          await vi.advanceTimersByTimeAsync(0);
        };
      });
    });
  }

  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
    document.body.replaceChildren();
  });

  it("takes what it answers to all that was typed", async () => {
    slowServer();
    const area = write("@j");
    await vi.advanceTimersByTimeAsync(PAUSE);
    await answers["j"]?.(["Jan", "Jonas"]);

    write("@jo");
    press(area, "Enter");
    expect(area.value).toBe("@jo");
    await vi.advanceTimersByTimeAsync(PAUSE);
    await answers["jo"]?.(["Jonas"]);

    expect(area.value).toBe("@Jonas ");
  });

  it("goes on asking when somebody types on before it has answered", async () => {
    slowServer();
    write("@j");
    await vi.advanceTimersByTimeAsync(PAUSE);
    const area = write("@jo");
    await vi.advanceTimersByTimeAsync(PAUSE);
    await answers["jo"]?.(["Jonas"]);

    press(area, "Enter");
    expect(area.value).toBe("@Jonas ");
  });
});
