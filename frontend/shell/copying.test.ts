import { expect, test, vi } from "vitest";

import { watchCopying } from "./copying";

test("a button copies what it points at, and says so", async () => {
  const writeText = vi.fn(() => Promise.resolve());
  vi.stubGlobal("navigator", { clipboard: { writeText } });
  document.body.innerHTML = `<code id="key"> dhk_1 </code>
    <button data-copies="#key" data-copied="Copied" hidden><svg></svg><span>Copy</span></button>`;
  watchCopying();
  const button = document.querySelector<HTMLButtonElement>("button");

  expect(button?.hidden).toBe(false);
  button?.click();
  await Promise.resolve();

  expect(writeText).toHaveBeenCalledWith("dhk_1");
  expect(button?.textContent).toBe("Copied");
});
