import { expect, test } from "vitest";

import { typedIn } from "./unsent";

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
