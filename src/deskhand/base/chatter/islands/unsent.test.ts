import { afterEach, expect, test, vi } from "vitest";

import { typedIn, Unsent } from "./unsent";

test("text, copies and who is called are kept, with the composer they stand in; recipients and tokens are not", () => {
  const form = document.createElement("form");
  form.dataset["composer"] = "note";
  form.innerHTML = `<input name="csrfmiddlewaretoken" value="x"><input name="to" value="7"><input name="mention" value="5"><textarea name="body">Psst</textarea>`;

  expect([...typedIn(form)]).toEqual([
    ["composer", "note"],
    ["body", "Psst"],
    ["cc", ""],
    ["mention", "5"],
  ]);
});

afterEach(() => {
  vi.unstubAllGlobals();
});

test("a file that is refused takes no other along, and one that does not arrive is left to the form", async () => {
  const answers: Record<string, Response | Error> = {
    "good.txt": new Response("<li>good.txt</li>"),
    "huge.zip": new Response('<li class="dh-error">huge.zip is too large.</li>', { status: 422 }),
    "lost.txt": new TypeError("offline"),
  };
  vi.stubGlobal("fetch", (_url: string, { body }: { body: FormData }) => {
    const answer = answers[(body.get("uploads") as File).name];
    return answer instanceof Response ? Promise.resolve(answer) : Promise.reject(answer ?? new Error());
  });
  const form = document.createElement("form");
  form.innerHTML = `<ul class="dh-kept"><li class="dh-error">what was wrong before</li></ul>`;

  const left = await new Unsent(form, "/c/").keepFiles(Object.keys(answers).map((name) => new File(["x"], name)));

  expect([...form.querySelectorAll("li")].map((line) => line.textContent)).toEqual(["good.txt", "huge.zip is too large."]);
  expect(left.map((file) => file.name)).toEqual(["lost.txt"]);
});
