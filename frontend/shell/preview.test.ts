import { expect, it } from "vitest";
import { filled } from "./preview";

it("shows the picture under its name, and offers to download it", () => {
  document.body.innerHTML = `
    <template id="model"><h2 data-name></h2><img alt=""><a download>Download</a></template>
    <a id="link" href="/files/1/leck.png" title="Leck.png" data-preview></a>`;
  const model = document.querySelector("#model") as HTMLTemplateElement;

  const shown = filled(model, document.querySelector("#link") as HTMLAnchorElement);

  expect(shown.querySelector("h2")?.textContent).toBe("Leck.png");
  expect(shown.querySelector("img")?.getAttribute("src")).toContain("/files/1/leck.png");
  expect(shown.querySelector("img")?.alt).toBe("Leck.png");
  expect(shown.querySelector("a")?.download).toBe("Leck.png");
});
