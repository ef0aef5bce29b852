/** Swap styles `morph:outerHTML` (in `hx-swap-oob`, where a colon means more, just `morph`) and `morph:innerHTML`: only what differs is touched, so that focus, scroll and what people are typing stay. */
import { Idiomorph } from "idiomorph/dist/idiomorph.esm.js";

/** What a person is busy with: unsaved fields, and what asks to be left alone. */
const BUSY = "[dirty], [data-keep], [data-editing]";

export function morph(style: string, target: Element, fragment: DocumentFragment): Node[] | boolean {
  if (!isOuter(style) && style !== "morph:innerHTML") return false;
  const morphStyle = isOuter(style) ? "outerHTML" : "innerHTML";
  const content = isOuter(style) ? (fragment.firstElementChild ?? fragment) : [...fragment.childNodes];
  return Idiomorph.morph(target, content, {
    morphStyle,
    ignoreActiveValue: isTypedInto(document.activeElement),
    callbacks: { beforeNodeMorphed: mayMorph, beforeNodeRemoved: mayRemove, beforeAttributeUpdated: mayUpdate },
  });
}

/** Whether the element itself is morphed, not only what is in it. */
export function isOuter(style: string): boolean {
  return style === "morph" || style === "morph:outerHTML";
}

/** Whether a change from the server may touch this element. */
export function mayMorph(old: Node, fresh: Node): boolean {
  if (!(old instanceof Element)) return true;
  if (old.matches(BUSY)) return false;
  if (!draws(old)) return true;
  if (!old.contains(document.activeElement)) {
    old.replaceChildren(...fresh.cloneNode(true).childNodes);
    old.draw();
  }
  return false;
}

/** What is being written, and stays until it is saved, discarded or closed. */
const WRITTEN = "[dirty], [data-editing]";

/** Whether what the server does not send any more may go. */
export function mayRemove(old: Node): boolean {
  return !(old instanceof Element) || (!old.matches(WRITTEN) && !old.querySelector(WRITTEN));
}

/** An element that draws its content out of what the server sent, like an editor in place of a text area. */
interface Drawing extends Element {
  draw(): void;
}

function draws(element: Element): element is Drawing {
  return "draw" in element && typeof element.draw === "function";
}

/** Whether what is in the element comes from the person; the content of a focused card comes from the server. */
export function isTypedInto(element: Element | null): boolean {
  return element?.matches("input, select, textarea, [contenteditable]") ?? false;
}

/**
 * What people opened stays open, menus and tabs alike, and what they ticked stays ticked: the server does not know of
 * it. What it opens is opened.
 */
export function mayUpdate(attribute: string, element: Element, how: "update" | "remove"): boolean {
  if (attribute === "checked" && element.matches("[name=pk], [data-pick-page]")) return false;
  if (element.matches("[role=tab], [role=tabpanel]")) return !["hidden", "aria-selected", "tabindex"].includes(attribute);
  return !(attribute === "open" && how === "remove" && /^(DETAILS|DIALOG)$/.test(element.tagName));
}
