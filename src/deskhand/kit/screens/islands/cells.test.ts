// @vitest-environment happy-dom
import { afterEach, expect, test, vi } from "vitest";

import { addressOf } from "./cells";

test("the address of a cell names record and column, and keeps what the list shows", () => {
  expect(addressOf("/contacts/0/cell/", "42", "email", "?filter=people&q=a+b")).toBe(
    "/contacts/42/cell/?filter=people&q=a+b&column=email",
  );
});

afterEach(() => {
  vi.unstubAllGlobals();
});

test("a cell that nobody answers for says so, stays open, and can be saved again", async () => {
  const said: unknown[] = [];
  document.addEventListener("dh:toast", (event) => said.push((event as CustomEvent<{ text: string }>).detail.text));
  const answers: (Response | Error)[] = [
    new Response('<form class="dh-cell"><input name="name" value="Kim"></form>'),
    new TypeError("offline"),
    new Response("<td>Ines</td>"),
  ];
  vi.stubGlobal("fetch", () => {
    const answer = answers.shift();
    return answer instanceof Response ? Promise.resolve(answer) : Promise.reject(answer ?? new Error());
  });
  vi.stubGlobal("htmx", { process: () => undefined });
  document.body.innerHTML = `<table data-cells="/contacts/0/cell/" data-failed="Nobody answers.">
    <tr><td><input name="pk" value="7"></td><td data-edit="name">Kim</td></tr></table>`;
  const row = document.querySelector("tr");
  row?.querySelector<HTMLElement>("[data-edit]")?.click();
  const input = await vi.waitUntil(() => row?.querySelector<HTMLInputElement>(".dh-cell input"));
  input.value = "Ines";

  input.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
  await vi.waitUntil(() => said.length);
  expect([said, input.isConnected, input.value]).toEqual([["Nobody answers."], true, "Ines"]);

  input.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
  await vi.waitUntil(() => row?.textContent.includes("Ines"));
});
