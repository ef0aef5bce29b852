import { readFileSync } from "node:fs";
import { join } from "node:path";
import postcss, { type Plugin as CssPlugin, type Rule } from "postcss";
import { PurgeCSS } from "purgecss";
import { globSync } from "tinyglobby";
import type { Plugin } from "vite";

const STYLES = /@tabler\/core\/dist\/css\/tabler(\.min)?\.css$/;
const DARK = /\[data-bs-theme=["']?dark["']?\]/g;
const SOURCES = ["src/deskhand/**/*.html", "src/deskhand/**/*.py", "src/deskhand/**/islands/*.ts", "frontend/**/*.ts"];

/**
 * Tabler's stylesheet, made ours: only the rules that a page uses, and what it does for the dark theme also for
 * `data-bs-theme="auto"` on a device that is dark.
 */
export function tabler({ root, purge }: { root: string; purge: boolean }): Plugin {
  return {
    name: "deskhand-tabler",
    enforce: "pre",
    async transform(code, id) {
      if (!STYLES.test(id.split("?")[0] ?? "")) return null;
      const css = purge ? await used(code, root) : code;
      const themed = await postcss([autoTheme]).process(css, { from: undefined });
      return { code: themed.css, map: null };
    },
  };
}

async function used(css: string, root: string): Promise<string> {
  const files = SOURCES.flatMap((pattern) => globSync(pattern, { cwd: root })).filter((file) => !/test/.test(file));
  const content = files.map((file) => ({ raw: readFileSync(join(root, file), "utf8"), extension: "html" }));
  const [purged] = await new PurgeCSS().purge({
    content,
    css: [{ raw: css }],
    variables: true,
    keyframes: true,
    fontFace: true,
    dynamicAttributes: ["type", "role", "disabled", "readonly", "multiple", "size", "open", "hidden", "dir", "href"],
    defaultExtractor: (text) => text.match(/[A-Za-z0-9_-]+/g) ?? [],
    safelist: { standard: ["dialog", "details", "summary"], greedy: [/data-bs-theme/] },
  });
  return purged?.css ?? css;
}

const copied = new WeakSet<Rule>();

/** Every rule for the dark theme once more, for the automatic one, where the device is dark. */
export const autoTheme: CssPlugin = {
  postcssPlugin: "deskhand-auto-theme",
  Rule(rule) {
    const dark = rule.selectors.filter((selector) => selector.search(DARK) >= 0);
    if (copied.has(rule) || !dark.length) return;
    copied.add(rule);
    const copy = rule.clone({ selectors: dark.map((selector) => selector.replaceAll(DARK, "[data-bs-theme=auto]")) });
    rule.after(`@media (prefers-color-scheme: dark) { ${copy.toString()} }`);
  },
};
