import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { tabler } from "./frontend/build/tabler.ts";

const root = fileURLToPath(new URL(".", import.meta.url));

export default defineConfig(({ command }) => ({
  root,
  // A node_modules that is a link (several worktrees, one installation) gives the same names in the manifest.
  resolve: { preserveSymlinks: true },
  base: "/static/build/",
  publicDir: false,
  plugins: [tabler({ root, purge: command === "build" })],
  build: {
    outDir: "src/deskhand/static/build",
    manifest: "manifest.json",
    license: { fileName: "licenses.md" },
    emptyOutDir: true,
    target: "baseline-widely-available",
    // light-dark() as it is: both themes are written with it.
    cssTarget: ["chrome123", "firefox120", "safari17.5"],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      // htmx holds an eval that our configuration of it never reaches, nor does our content security policy let it.
      checks: { eval: false, bundlerTimings: false },
      input: ["frontend/main.ts", "frontend/customer.ts", "frontend/images/deskhand.svg"],
    },
  },
  server: { port: 5173, strictPort: true, origin: "http://localhost:5173" },
  test: {
    environment: "happy-dom",
    include: ["frontend/**/*.test.ts", "src/deskhand/**/islands/*.test.ts"],
  },
}));
