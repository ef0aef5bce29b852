import { beforeEach, describe, expect, it } from "vitest";
import { nextPlace, watchMenus } from "./menus";

describe("nextPlace", () => {
  it.each([
    ["ArrowDown", -1, 0],
    ["ArrowDown", 2, 0],
    ["ArrowUp", 0, 2],
    ["ArrowUp", -1, 2],
    ["Home", 2, 0],
    ["End", 0, 2],
    ["x", 0, null],
  ])("%s from %d goes to %s", (key, place, expected) => {
    expect(nextPlace(key, place, 3)).toBe(expected);
  });
});

describe("menus", () => {
  watchMenus();
  const menu = (id: string): HTMLDetailsElement => document.getElementById(id) as HTMLDetailsElement;

  beforeEach(() => {
    document.body.innerHTML = ["one", "two"]
      .map((id) => `<details class="dh-drop" id="${id}" open><summary>Menu</summary><div class="dh-menu-pop"><a href="#x">Go</a></div></details>`)
      .join("");
  });

  it("close when something else is clicked", () => {
    document.body.click();

    expect(menu("one").open).toBe(false);
  });

  it("close when one of theirs is chosen", () => {
    menu("one").querySelector("a")?.click();

    expect(menu("one").open).toBe(false);
  });

  it("close on Escape and give the focus back", () => {
    const link = menu("two").querySelector("a");
    link?.focus();
    link?.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));

    expect(menu("two").open).toBe(false);
    expect(document.activeElement).toBe(menu("two").querySelector("summary"));
  });

  it.each(["click", "keydown"])("stay open behind a dialog that asks something (%s)", (type) => {
    document.body.insertAdjacentHTML("beforeend", "<dialog><button>Yes</button></dialog>");
    const init = { key: "Escape", bubbles: true, cancelable: true };
    const event = type === "click" ? new MouseEvent(type, init) : new KeyboardEvent(type, init);
    document.querySelector("dialog button")?.dispatchEvent(event);

    expect(menu("one").open).toBe(true);
    expect(event.defaultPrevented).toBe(false);
  });
});
