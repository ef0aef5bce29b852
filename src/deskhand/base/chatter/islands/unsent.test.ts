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
  vi.useRealTimers();
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

/** A server that answers when it is told to, in any order. */
function slowServer(): { bodies: FormDataEntryValue[]; answers: (() => void)[] } {
  const told: ReturnType<typeof slowServer> = { bodies: [], answers: [] };
  vi.stubGlobal("fetch", (_url: string, { body }: { body: FormData }) => {
    told.bodies.push(...body.getAll("body"));
    return new Promise<Response>((resolve) => {
      told.answers.push(() => {
        resolve(new Response());
      });
    });
  });
  return told;
}

function writing(): { unsent: Unsent; type: (text: string) => Promise<unknown>; clear: () => void } {
  vi.useFakeTimers();
  const form = document.createElement("form");
  form.innerHTML = `<textarea name="body"></textarea><ul class="dh-kept"></ul>`;
  const [unsent, body] = [new Unsent(form, "/c/"), form.querySelector("textarea")];
  const type = async (text: string): Promise<unknown> => {
    if (body) body.value = text;
    unsent.touch();
    return vi.advanceTimersByTimeAsync(1000);
  };
  const clear = (): void => {
    form.reset();
  };
  return { unsent, type, clear };
}

test("an older text never arrives after a newer one", async () => {
  const { bodies, answers } = slowServer();
  const { type } = writing();
  await type("Hel");
  await type("Hello");
  expect(bodies).toEqual(["Hel"]);
  answers[0]?.();
  await vi.advanceTimersByTimeAsync(0);
  expect(bodies).toEqual(["Hel", "Hello"]);
});

test("what was sent is not kept by what arrives late", async () => {
  const { bodies, answers } = slowServer();
  const { unsent, type, clear } = writing();
  await type("Hello");
  clear();
  unsent.sent();
  answers[0]?.();
  await vi.advanceTimersByTimeAsync(0);
  expect(bodies).toEqual(["Hello", ""]);
});
