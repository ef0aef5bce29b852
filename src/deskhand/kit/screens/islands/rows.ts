/**
 * A click anywhere in a row of a list opens its record, as the row's first link does; with Ctrl or the middle button in
 * a tab of its own. What can be clicked in a row does its own, and text in it can be selected.
 */

/** What a click is meant for itself. */
const OWN = "a, button, input, select, textarea, label, summary, form, td[data-edit]";

/** Where a click in a list leads; null: nowhere, or it is meant for something else. */
export function linkOfRow(target: Element, selected: string): HTMLAnchorElement | null {
  if (selected || target.closest(OWN)) return null;
  return target.closest(".dh-list tr.rec")?.querySelector<HTMLAnchorElement>(".lead a[href]") ?? null;
}

function open(event: MouseEvent): void {
  const link = event.defaultPrevented ? null : linkOfRow(event.target as Element, String(getSelection()));
  if (!link || event.button > 1) return;
  if (event.button === 1 || event.ctrlKey || event.metaKey) window.open(link.href, "_blank", "noopener");
  else link.click();
}

document.addEventListener("click", open);
document.addEventListener("auxclick", open);
