import { beforeEach, describe, expect, it, vi } from "vitest";

vi.stubGlobal(
  "WebSocket",
  class {
    addEventListener(): void {
      // nobody says anything
    }
  },
);

import { grow, Letters, replace, same } from "./letters";

function element(html: string): HTMLElement {
  const holder = document.createElement("div");
  holder.innerHTML = html;
  return holder.firstElementChild as HTMLElement;
}

describe("grow", () => {
  it("brings in what is new, takes away what is gone, and touches nothing else", () => {
    const old = element(`<ol><li>Nothing yet</li><li id="a">A</li></ol>`);
    const kept = old.querySelector("#a");

    const grown = grow(old, element(`<ol><li id="c">C</li><li id="b">B</li><li id="a">changed</li></ol>`));

    expect(grown.map((letter) => letter.id)).toEqual(["c", "b"]);
    expect([...old.children].map((letter) => letter.textContent)).toEqual(["C", "B", "A"]);
    expect(old.querySelector("#a")).toBe(kept);
  });
});

describe("same", () => {
  it("does not count how long ago something was", () => {
    expect(same(element("<p>sent <time>1 min ago</time></p>"), element("<p>sent <time>2 min ago</time></p>"))).toBe(true);
    expect(same(element("<p>sent <time>1 min ago</time></p>"), element("<p>closed <time>1 min ago</time></p>"))).toBe(false);
  });
});

describe("replace", () => {
  it("leaves who stands on a link there", () => {
    const old = element(`<ul><li><a href="/my/tickets/1/">One</a></li></ul>`);
    document.body.replaceChildren(old);
    old.querySelector("a")?.focus();

    expect(replace(old, element(`<ul><li><a href="/my/tickets/2/">Two</a></li><li><a href="/my/tickets/1/">One!</a></li></ul>`))).toBe(true);

    expect(document.activeElement?.textContent).toBe("One!");
  });

  it("does not shut a menu that somebody has opened", () => {
    const menu = element("<details open><summary>Open (1)</summary></details>");
    document.body.replaceChildren(menu);

    expect(replace(menu, element("<details><summary>Open (2)</summary></details>"))).toBe(false);
    expect(document.body.textContent).toBe("Open (1)");
  });
});

describe("take", () => {
  let letters: Letters;

  beforeEach(() => {
    document.body.innerHTML = `
      <div data-part="state" data-says="Status: New">Nobody</div><textarea></textarea>
      <dh-letters data-answer="New answer"></dh-letters>
      <ol data-part="letters"><li id="letter-1" data-mine>Mine</li></ol>`;
    letters = document.querySelector("dh-letters") as Letters;
    (document.querySelector("textarea") as HTMLTextAreaElement).value = "half a sentence";
  });

  function page(state: string, first: string, by = "Nobody"): Document {
    return new DOMParser().parseFromString(
      `<div data-part="state" data-says="Status: ${state}">${by}</div><textarea></textarea>
       <ol data-part="letters">${first}<li id="letter-1" data-mine>Mine</li></ol>`,
      "text/html",
    );
  }

  it("shows and says that there is an answer, and keeps what is typed", () => {
    letters.take(page("New", `<li id="letter-2">Hello</li>`));

    expect(letters.textContent).toBe("New answer");
    expect(document.querySelectorAll("ol li")).toHaveLength(2);
    expect(document.querySelector("textarea")?.value).toBe("half a sentence");
  });

  it("says how far the ticket is", () => {
    letters.take(page("Solved", ""));

    expect(letters.textContent).toBe("Status: Solved");
  });

  it("shows who looks after it without a word", () => {
    letters.take(page("New", "", "Amara Okafor"));

    expect(letters.textContent).toBe("");
    expect(document.querySelector("[data-part=state]")?.textContent).toBe("Amara Okafor");
  });

  it("says nothing of one's own words, nor of nothing", () => {
    letters.take(page("New", `<li id="letter-2" data-mine>Me again</li>`));

    expect(letters.textContent).toBe("");
  });

  it("shows what was asked for last, although an older answer comes after it", async () => {
    const answers: ((html: string) => void)[] = [];
    vi.stubGlobal("fetch", () => new Promise((resolve) => answers.push((html) => { resolve(new Response(html)); })));
    const both = [letters.refresh(), letters.refresh()];
    answers[1]?.(page("New", `<li id="letter-2">Hello</li>`).body.innerHTML);
    answers[0]?.(page("New", "").body.innerHTML);
    await Promise.all(both);

    expect(document.querySelectorAll("ol li")).toHaveLength(2);
    vi.unstubAllGlobals();
  });
});
