import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { keep, leaves, type RecordForm, written } from "./record-form";

const page = `
  <span data-unsaved="ticket" hidden>Unsaved changes</span>
  <dh-record-form><form id="ticket"><input name="title" value="Oven"><button type="reset">Discard</button></form></dh-record-form>`;

const element = (): RecordForm => document.querySelector("dh-record-form") as RecordForm;
const mark = (): HTMLElement => document.querySelector("[data-unsaved]") as HTMLElement;

/** As htmx and the browser do it: the element comes to life when its content is there. */
function show(html: string): void {
  const box = document.createElement("div");
  box.innerHTML = html;
  document.body.replaceChildren(box);
}

function type(value: string): void {
  const input = document.querySelector("input") as HTMLInputElement;
  input.value = value;
  input.dispatchEvent(new Event("input", { bubbles: true }));
}

beforeEach(() => {
  vi.useFakeTimers();
  show(page);
});
afterEach(() => {
  document.body.innerHTML = "";
  vi.useRealTimers();
});

describe("dh-record-form", () => {
  it("says that something is not saved, and stops when it is typed back", () => {
    type("Oven door");
    expect(element().isDirty).toBe(true);
    expect(mark().hidden).toBe(false);

    type("Oven");
    expect(element().isDirty).toBe(false);
    expect(mark().hidden).toBe(true);
  });

  it("is clean again after a reset", () => {
    type("Oven door");
    (document.querySelector("form") as HTMLFormElement).reset();
    vi.runAllTimers();

    expect(element().isDirty).toBe(false);
  });

  it("is clean again once htmx has saved it", () => {
    const form = document.querySelector("form") as HTMLFormElement;
    const tell = (kind: string, detail: object): boolean => form.dispatchEvent(new CustomEvent(kind, { bubbles: true, detail }));
    type("Oven door");
    tell("htmx:beforeRequest", { elt: form });
    tell("htmx:beforeOnLoad", { elt: form, xhr: { status: 200, responseText: "" } });
    tell("htmx:afterRequest", { elt: form, successful: true });

    expect(element().isDirty).toBe(false);
  });

  it("stays unsaved when more was typed before the answer came, and takes the new version", () => {
    const form = document.querySelector("form") as HTMLFormElement;
    form.insertAdjacentHTML("beforeend", `<input type="hidden" name="version" value="1">`);
    const tell = (kind: string, detail: object): boolean => form.dispatchEvent(new CustomEvent(kind, { bubbles: true, detail }));
    type("Oven door");
    tell("htmx:beforeRequest", { elt: form });
    type("Oven door and more");
    tell("htmx:beforeOnLoad", {
      elt: form,
      xhr: { status: 200, responseText: `<form id="ticket"><input type="hidden" name="version" value="2"></form>` },
    });
    tell("htmx:afterRequest", { elt: form, successful: true });

    expect(element().isDirty).toBe(true);
    expect(document.querySelector<HTMLInputElement>("[name=version]")?.value).toBe("2");
  });

  it("waits for a field that the server is still filling in, and is sent then", () => {
    const form = document.querySelector("form") as HTMLFormElement;
    form.insertAdjacentHTML("beforeend", `<span id="picker" aria-busy="true"></span><button id="go">Save</button>`);
    const sent: unknown[] = [];
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      sent.push(event.submitter?.id);
    });
    const picker = document.querySelector("#picker") as HTMLElement;
    form.requestSubmit(document.querySelector<HTMLElement>("#go"));
    expect(sent).toEqual([]);

    picker.removeAttribute("aria-busy");
    picker.dispatchEvent(new Event("dh:ready", { bubbles: true }));
    expect(sent).toEqual(["go"]);
    picker.dispatchEvent(new Event("dh:ready", { bubbles: true }));
    expect(sent).toEqual(["go"]);
  });

  it.each([
    ["1", false],
    ["2", true],
    ["3", true],
  ])("shows version %s of others over version 2: %s", (version, shouldSwap) => {
    document.querySelector("form")?.insertAdjacentHTML("beforeend", `<input type="hidden" name="version" value="2">`);
    const fragment = document.createRange().createContextualFragment(`<input type="hidden" name="version" value="${version}">`);
    const detail = { shouldSwap: true, target: element(), fragment };
    element().dispatchEvent(new CustomEvent("htmx:oobBeforeSwap", { detail }));

    expect(detail.shouldSwap).toBe(shouldSwap);
  });

  it("is not saved by something else that is sent in its name", () => {
    const form = document.querySelector("form") as HTMLFormElement;
    form.setAttribute("hx-post", "/tickets/1/");
    const detail = { elt: form, pathInfo: { requestPath: "/tickets/1/priority/" }, successful: true, xhr: { status: 204, responseText: "" } };
    type("Oven door");
    for (const kind of ["htmx:beforeRequest", "htmx:beforeOnLoad", "htmx:afterRequest"]) {
      form.dispatchEvent(new CustomEvent(kind, { bubbles: true, detail }));
    }

    expect(element().isDirty).toBe(true);
  });

  it("is reset to what was saved last", () => {
    type("Oven door");
    keep(document.querySelector("form") as HTMLFormElement);
    type("Something else");
    (document.querySelector("form") as HTMLFormElement).reset();

    expect(document.querySelector("input")?.value).toBe("Oven door");
  });

  it("stays unsaved when the server refused", () => {
    type("");
    const form = document.querySelector("form") as HTMLFormElement;
    form.dispatchEvent(new CustomEvent("htmx:afterRequest", { bubbles: true, detail: { elt: form, successful: false } }));

    expect(element().isDirty).toBe(true);
  });

  it("asks before the page is left with unsaved changes only", () => {
    const leave = (): boolean => window.dispatchEvent(new Event("beforeunload", { cancelable: true }));
    expect(leave()).toBe(true);

    type("Oven door");
    expect(leave()).toBe(false);
  });
});

describe("written", () => {
  it("knows a file by name and size", () => {
    const data = new FormData();
    data.append("file", new File(["abc"], "a.txt"));
    expect(written(data)).toBe('[["file",["a.txt",3]]]');
  });
});

describe("leaves", () => {
  const click = { button: 0, ctrlKey: false, metaKey: false, shiftKey: false };
  const link = (html: string): HTMLAnchorElement => {
    document.body.innerHTML = html;
    return document.querySelector("a") as HTMLAnchorElement;
  };

  it("does when the link opens another page here", () => {
    expect(leaves(link('<a href="/helpdesk/">x</a>'), click)).toBe(true);
  });

  it.each(['<a href="/x" target="_blank">x</a>', '<a href="https://elsewhere.example/">x</a>'])("does not with %s", (html) => {
    expect(leaves(link(html), click)).toBe(false);
  });

  it("does not when the link opens in a new tab", () => {
    expect(leaves(link('<a href="/x">x</a>'), { ...click, ctrlKey: true })).toBe(false);
  });
});
