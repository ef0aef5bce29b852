/**
 * Tabs of a record page, and buttons elsewhere that open one (`data-opens-tab`). The open tab stands in the address
 * (`#tab-mails`): links to it open it, and it can be bookmarked and gone back to.
 */
import { chooseTab } from "../../../../../frontend/shell/tabs";

const TABS = '.dh-sheet [role="tab"]';

/** The tab that an address names, the first one if it names nothing, none if it names something else. */
export function tabOf(hash: string): HTMLElement | null {
  if (!hash) return document.querySelector<HTMLElement>(TABS);
  const named = document.getElementById(hash.slice(1));
  return named?.matches(TABS) ? named : null;
}

function openFromAddress(): void {
  const tab = tabOf(location.hash);
  if (tab) chooseTab(tab);
}

document.addEventListener("click", (event) => {
  const target = event.target as Element;
  const opener = target.closest<HTMLElement>("[data-opens-tab]");
  if (opener) {
    document.getElementById(opener.dataset.opensTab ?? "")?.click();
    return;
  }
  const tab = target.closest<HTMLElement>(TABS);
  if (!tab) return;
  chooseTab(tab);
  history.replaceState(history.state, "", tab === tabOf("") ? location.pathname + location.search : `#${tab.id}`);
});

window.addEventListener("hashchange", openFromAddress);
if (location.hash) openFromAddress();
