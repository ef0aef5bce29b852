import { beforeEach, describe, expect, it, vi } from "vitest";
import { morph } from "./morph";

const fragment = (html: string): DocumentFragment => {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content;
};
const target = (): Element => document.querySelector("#target") as Element;

beforeEach(() => {
  document.body.innerHTML = `<div id="target"><p id="p">old</p><details id="d" open><summary>s</summary></details><dh-record-form dirty id="f">typed</dh-record-form></div>`;
});

describe("morph", () => {
  it("leaves other ways of swapping to htmx", () => {
    expect(morph("innerHTML", target(), fragment("x"))).toBe(false);
  });

  it("keeps the elements that stay", () => {
    const paragraph = document.querySelector("#p");

    morph("morph:outerHTML", target(), fragment(`<div id="target"><p id="p">new</p></div>`));

    expect(document.querySelector("#p")).toBe(paragraph);
    expect(paragraph?.textContent).toBe("new");
  });

  it("leaves alone what people opened and what they have not saved", () => {
    morph(
      "morph:outerHTML",
      target(),
      fragment(`<div id="target"><p id="p">new</p><details id="d"><summary>s</summary></details><dh-record-form id="f">loaded</dh-record-form></div>`),
    );

    expect(document.querySelector("details")?.open).toBe(true);
    expect(document.querySelector("dh-record-form")?.textContent).toBe("typed");
  });

  it("keeps a form with what is typed in it beside what comes in its place", () => {
    morph("morph:outerHTML", target(), fragment(`<div id="target"><article>Approved</article></div>`));

    expect(document.querySelector("article")?.textContent).toBe("Approved");
    expect(document.querySelector("dh-record-form")?.textContent).toBe("typed");
  });

  it("opens what the server opens, and leaves tabs to people", () => {
    document.body.innerHTML = `<div id="target"><details id="d"><summary>s</summary></details><div id="t" role="tabpanel">old</div></div>`;

    morph(
      "morph:outerHTML",
      target(),
      fragment(`<div id="target"><details id="d" open><summary>s</summary></details><div id="t" role="tabpanel" hidden>new</div></div>`),
    );

    expect(document.querySelector("details")?.open).toBe(true);
    expect(document.querySelector("#t")?.outerHTML).toBe(`<div id="t" role="tabpanel">new</div>`);
  });

  it("lets elements that draw their content draw it again of what came, but not while somebody is in them", () => {
    document.body.innerHTML = `<div id="target"><p id="editor"><input value="old"></p></div>`;
    const editor = document.querySelector("#editor") as Element & { draw: () => void };
    editor.draw = vi.fn();
    const fresh = (): DocumentFragment => fragment(`<div id="target"><p id="editor"><input value="new"></p></div>`);

    editor.querySelector("input")?.focus();
    morph("morph:outerHTML", target(), fresh());
    expect(editor.draw).not.toHaveBeenCalled();

    editor.querySelector("input")?.blur();
    morph("morph:outerHTML", target(), fresh());
    expect(editor.draw).toHaveBeenCalledOnce();
    expect(editor.querySelector("input")?.value).toBe("new");
  });
});
