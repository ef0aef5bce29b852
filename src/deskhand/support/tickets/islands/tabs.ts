/** Tabs of a record page, and buttons elsewhere that open one (`data-opens-tab`). */

document.addEventListener("click", (event) => {
  const target = event.target as Element;
  const opener = target.closest<HTMLElement>("[data-opens-tab]");
  const tab = opener
    ? document.getElementById(opener.dataset.opensTab ?? "")
    : target.closest<HTMLElement>('.dh-sheet [role="tab"]');
  if (!tab) return;
  if (opener) {
    tab.click();
    return;
  }
  for (const other of tab.parentElement?.querySelectorAll<HTMLElement>('[role="tab"]') ?? []) {
    const isChosen = other === tab;
    other.setAttribute("aria-selected", String(isChosen));
    other.tabIndex = isChosen ? 0 : -1;
    const panel = document.getElementById(other.getAttribute("aria-controls") ?? "");
    if (panel) panel.hidden = !isChosen;
  }
});
