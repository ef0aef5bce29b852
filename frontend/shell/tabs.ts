/** Tabs (`role=tab` in a `tablist`): one is chosen and its panel shown; arrows, Home and End go from one to the next. */

/** The next tab for a key, or null when the key moves nothing. Arrows wrap around. */
export function nextTab(index: number, count: number, key: string): number | null {
  if (key === "ArrowRight") return (index + 1) % count;
  if (key === "ArrowLeft") return (index - 1 + count) % count;
  if (key === "Home") return 0;
  if (key === "End") return count - 1;
  return null;
}

/** Shows the panel of a tab instead of its neighbours' and answers it. */
export function chooseTab(chosen: HTMLElement): HTMLElement | null {
  for (const tab of neighbours(chosen)) {
    const isChosen = tab === chosen;
    tab.setAttribute("aria-selected", String(isChosen));
    tab.tabIndex = isChosen ? 0 : -1;
    const panel = panelOf(tab);
    if (panel) panel.hidden = !isChosen;
  }
  return panelOf(chosen);
}

export function watchTabs(): void {
  document.addEventListener("keydown", (event) => {
    const tab = event.target as HTMLElement;
    if (!tab.matches("[role=tab]")) return;
    const tabs = neighbours(tab);
    const next = nextTab(tabs.indexOf(tab), tabs.length, onRails(event.key, tab));
    if (next === null) return;
    event.preventDefault();
    tabs[next]?.focus();
  });
}

function neighbours(tab: HTMLElement): HTMLElement[] {
  return [...(tab.closest("[role=tablist]")?.querySelectorAll<HTMLElement>("[role=tab]") ?? [])];
}

function panelOf(tab: HTMLElement): HTMLElement | null {
  return document.getElementById(tab.getAttribute("aria-controls") ?? "");
}

/** Where text runs from right to left, the left arrow leads to the next tab. */
function onRails(key: string, tab: HTMLElement): string {
  if (getComputedStyle(tab).direction !== "rtl") return key;
  return { ArrowLeft: "ArrowRight", ArrowRight: "ArrowLeft" }[key] ?? key;
}
