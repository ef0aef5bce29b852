import { beforeEach, expect, test, vi } from "vitest";

import { initials, isNew, offered, stepped } from "./tag-picker";

const tags = [
  { id: "1", name: "Spare parts" },
  { id: "2", name: "Pricing" },
  { id: "3", name: "Parts", detail: "parts@desk.example" },
];

test("what is chosen is not offered again, what begins with the text comes first", () => {
  expect(offered(tags, "parts", new Set()).map((tag) => tag.id)).toEqual(["3", "1"]);
  expect(offered(tags, "", new Set(["2"])).map((tag) => tag.id)).toEqual(["1", "3"]);
  expect(offered(tags, "@desk", new Set()).map((tag) => tag.id)).toEqual(["3"]);
});

test("capitals and spaces make no new name", () => {
  expect(isNew(tags, " PRICING ")).toBe(false);
  expect(isNew(tags, "Returns")).toBe(true);
  expect(isNew(tags, "  ")).toBe(false);
});

test("initials are those of the first and the last word", () => {
  expect(initials("Amara Ngozi Okafor")).toBe("AO");
  expect(initials("مطعم")).toBe("م");
  expect(initials("– ")).toBe("");
});

test("arrows go around", () => {
  expect(stepped(-1, 1, 3)).toBe(0);
  expect(stepped(-1, -1, 3)).toBe(2);
  expect(stepped(2, 1, 3)).toBe(0);
  expect(stepped(0, 1, 0)).toBe(-1);
});

beforeEach(() => {
  document.body.innerHTML = `<form><label for="tags">Tags</label></form>`;
  const picker = document.createElement("dh-tag-picker");
  picker.dataset["remove"] = "Remove %s";
  picker.innerHTML = `<select id="tags" name="tags" multiple>
    <option value="1" selected>Spare parts</option><option value="2">Pricing</option></select>`;
  document.querySelector("form")?.append(picker);
});

test("the chosen options stand there as chips that can be removed", () => {
  const changed = vi.fn();
  document.addEventListener("change", changed);

  document.querySelector<HTMLButtonElement>("[aria-label='Remove Spare parts']")?.click();

  expect(document.querySelectorAll(".dh-tag")).toHaveLength(0);
  expect(document.querySelector<HTMLSelectElement>("#tags")?.value).toBe("");
  expect(changed).toHaveBeenCalledOnce();
});

test("typing finds, enter chooses", async () => {
  vi.useFakeTimers();
  const input = document.querySelector<HTMLInputElement>("dh-tag-picker input");
  if (!input) throw new Error("no input");
  input.focus();
  input.value = "pri";
  input.dispatchEvent(new Event("input"));
  await vi.runAllTimersAsync();

  input.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));

  expect([...document.querySelectorAll(".dh-tag bdi")].map((chip) => chip.textContent)).toEqual(["Spare parts", "Pricing"]);
  expect(input.value).toBe("");
  vi.useRealTimers();
});

test("an answer to fewer letters than are typed is not taken", async () => {
  vi.useFakeTimers();
  document.querySelector("#tags")?.insertAdjacentHTML("beforeend", `<option value="3">Priority</option>`);
  const answers: ((id: string, name: string) => void)[] = [];
  vi.stubGlobal("fetch", () =>
    new Promise((resolve) => {
      answers.push((id, name) => {
        resolve({ ok: true, json: () => Promise.resolve({ options: [{ id, name }], may_create: false }) });
      });
    }),
  );
  document.querySelector<HTMLElement>("dh-tag-picker")?.setAttribute("data-url", "/tags/");
  const input = document.querySelector("dh-tag-picker input") as HTMLInputElement;
  const type = async (text: string): Promise<void> => {
    input.value = text;
    input.dispatchEvent(new Event("input"));
    await vi.advanceTimersByTimeAsync(1000);
  };
  input.focus();
  await type("pri");
  input.value = "prio";
  input.dispatchEvent(new Event("input"));
  answers[0]?.("2", "Pricing");
  await vi.advanceTimersByTimeAsync(0);

  input.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
  await vi.advanceTimersByTimeAsync(1000);
  answers.at(-1)?.("3", "Priority");
  await vi.advanceTimersByTimeAsync(0);

  expect([...document.querySelectorAll(".dh-tag bdi")].map((chip) => chip.textContent)).toEqual(["Spare parts", "Priority"]);
  vi.useRealTimers();
  vi.unstubAllGlobals();
});
