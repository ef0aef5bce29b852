import postcss from "postcss";
import { expect, it } from "vitest";
import { autoTheme } from "./tabler.ts";

it("does for the automatic theme on a dark device what is done for the dark one", async () => {
  const { css } = await postcss([autoTheme]).process("[data-bs-theme=dark] .x { color: red }", { from: undefined });

  expect(css).toContain("[data-bs-theme=dark] .x { color: red }");
  expect(css).toContain("@media (prefers-color-scheme: dark)");
  expect(css).toContain("[data-bs-theme=auto] .x");
});

it("leaves all else as it is", async () => {
  const { css } = await postcss([autoTheme]).process(".x { color: red }", { from: undefined });

  expect(css).toBe(".x { color: red }");
});
