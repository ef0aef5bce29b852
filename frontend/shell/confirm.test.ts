import { afterEach, expect, test } from "vitest";

import { watchConfirmations, wordsOf } from "./confirm";

watchConfirmations();
HTMLDialogElement.prototype.showModal = () => undefined;

function asked(form: string): string | null {
  document.body.innerHTML = `<dialog id="dh-confirm"><p id="dh-confirm-text"></p><button data-yes="Yes, do it"></button></dialog>
    <form data-confirm="Really?">${form}</form>`;
  const submitter = document.querySelector<HTMLElement>("form button");
  const event = new SubmitEvent("submit", { bubbles: true, cancelable: true, submitter });
  document.querySelector("form")?.dispatchEvent(event);
  return document.querySelector("[data-yes]")?.textContent ?? null;
}

afterEach(() => {
  document.body.innerHTML = "";
});

test("the dialog's button has the words of the button that was pressed", () => {
  expect(asked("<button><svg></svg>\n  Merge </button>")).toBe("Merge");
  expect(document.querySelector("#dh-confirm-text")?.textContent).toBe("Really?");
});

test("one button of a form may be asked about, and another not", () => {
  document.body.innerHTML = `<dialog id="dh-confirm"><p id="dh-confirm-text"></p></dialog>
    <form><button data-confirm="Really merge?">Merge</button><button>Not a duplicate</button></form>`;
  const asks = [...document.querySelectorAll("form button")].map((submitter) => {
    const event = new SubmitEvent("submit", { bubbles: true, cancelable: true, submitter: submitter as HTMLElement });
    document.querySelector("form")?.dispatchEvent(event);
    return event.defaultPrevented;
  });

  expect(asks).toEqual([true, false]);
  expect(document.querySelector("#dh-confirm-text")?.textContent).toBe("Really merge?");
});

test("a button with an icon only is answered by yes", () => {
  expect(asked('<button aria-label="Delete"><svg></svg></button>')).toBe("Yes, do it");
});

test("an ellipsis is no word", () => {
  const button = document.createElement("button");
  button.textContent = "Refuse…";
  expect(wordsOf(button)).toBe("Refuse");
  expect(wordsOf(null)).toBe("");
});
