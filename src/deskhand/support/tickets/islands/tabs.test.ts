import { beforeEach, expect, test } from "vitest";

import { tabOf } from "./tabs";

beforeEach(() => {
  document.body.innerHTML = `<div class="dh-sheet"><div role="tablist"><button role="tab" id="tab-description"></button>
    <button role="tab" id="tab-mails"></button></div></div><div id="write-note"></div>`;
});

test("an address names a tab, or the first one by naming nothing", () => {
  expect(tabOf("#tab-mails")?.id).toBe("tab-mails");
  expect(tabOf("")?.id).toBe("tab-description");
});

test("an address that names something else opens nothing", () => {
  expect(tabOf("#write-note")).toBeNull();
  expect(tabOf("#nowhere")).toBeNull();
});
