/** htmx, as strict as our content security policy: nothing is evaluated, no style is injected. */
import htmx from "htmx.org";
import { isOuter, morph } from "./morph";
import { cookie } from "./cookies";

Object.assign(htmx.config, {
  allowEval: false,
  allowScriptTags: false,
  includeIndicatorStyles: false,
  attributesToSettle: ["class", "width", "height"],
  // What comes in has no script until it settled: for 20 ms, unless one says so. Not 0, which would be before the element
  // that asked is done, and would take what it has to ask next from it.
  defaultSettleDelay: 1,
  selfRequestsOnly: true,
  historyCacheSize: 0,
  refreshOnHistoryMiss: true,
  scrollIntoViewOnBoost: false,
  responseHandling: [
    { code: "204", swap: false },
    { code: "[23]..", swap: true },
    { code: "422", swap: true },
    { code: "[45]..", swap: false, error: true },
  ],
});

htmx.defineExtension("morph", {
  isInlineSwap: (style: string) => isOuter(style),
  handleSwap: (style: string, target: Node, fragment: Node) => morph(style, target as Element, fragment as DocumentFragment),
});

document.addEventListener("htmx:configRequest", (event) => {
  const { headers, verb } = (event as CustomEvent<{ headers: Record<string, string>; verb: string }>).detail;
  if (verb !== "get") headers["X-CSRFToken"] = cookie("csrftoken");
});

declare global {
  interface Window {
    /** For islands, which live in their apps and do not import from here. */
    htmx: typeof htmx;
  }
}
window.htmx = htmx;

export { htmx };
