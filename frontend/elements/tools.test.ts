import { expect, test, vi } from "vitest";

import { inWords, isOld } from "./tools";

test("a count is said in words, none is not", () => {
  expect(inWords("Notifications", "%s unread", 2)).toBe("Notifications, 2 unread");
  expect(inWords("Notifications", "%s unread", 0)).toBe("Notifications");
});

test("counts are old after a while, or when the clock was set back", () => {
  expect(isOld({ counts: {}, at: 1000 }, 2000)).toBe(false);
  expect(isOld({ counts: {}, at: 1000 }, 60_000)).toBe(true);
  expect(isOld({ counts: {}, at: 1000 }, 0)).toBe(true);
});

test("of two answers the one that was asked for last is shown, whichever comes last", async () => {
  const answers: ((count: number) => void)[] = [];
  vi.stubGlobal("fetch", () => new Promise((resolve) => {
    answers.push((count) => {
      resolve(Response.json({ bell: count }));
    });
  }));
  document.body.innerHTML = `<dh-tools data-counts="/counts/"><details data-tool="bell"><summary data-title="Bell" data-counted="%s unread"><b class="dh-count"></b></summary></details></dh-tools>`;
  document.querySelector("dh-tools")?.dispatchEvent(new Event("dh:changed"));
  answers[1]?.(2);
  await vi.waitUntil(() => document.querySelector(".dh-count")?.textContent === "2");
  answers[0]?.(1);
  await new Promise((later) => setTimeout(later));
  expect(document.querySelector(".dh-count")?.textContent).toBe("2");
  vi.unstubAllGlobals();
});
