/** Drop-down menus: `<details class="dh-drop">`. They open without script; with it they behave as menus do. */

const MENU = "details.dh-drop";
const ITEMS = ".dh-menu-pop :is(a[href], summary, button:not([disabled]), input, select, textarea)";

export function watchMenus(): void {
  document.addEventListener("toggle", onToggle, true);
  document.addEventListener("click", onClick);
  document.addEventListener("keydown", onKey);
}

/** The place to go to from `place` among `count` entries, around the ends; -1 is the summary. */
export function nextPlace(key: string, place: number, count: number): number | null {
  switch (key) {
    case "ArrowDown":
      return (place + 1) % count;
    case "ArrowUp":
      return place <= 0 ? count - 1 : place - 1;
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return null;
  }
}

function onToggle(event: Event): void {
  const menu = event.target;
  if (!(menu instanceof HTMLDetailsElement) || !menu.matches(MENU) || !menu.open) return;
  for (const other of openMenus()) if (!other.contains(menu)) other.open = false;
  keepInside(menu);
}

function onClick(event: MouseEvent): void {
  const target = event.target as Element;
  for (const menu of menusBeside(target)) {
    const chosen = target.closest(".dh-menu-pop") && target.closest("a[href], button") && !target.closest("[data-stay]");
    if (!menu.contains(target) || chosen) menu.open = false;
  }
}

function onKey(event: KeyboardEvent): void {
  const menu = (event.target as Element).closest<HTMLDetailsElement>(MENU);
  if (event.key === "Escape") {
    const open = menu?.open ? menu : menusBeside(event.target as Element).at(-1);
    if (!open) return;
    open.open = false;
    open.querySelector("summary")?.focus();
    event.preventDefault();
  } else if (menu?.open && !isTyping(event.target)) {
    step(menu, event);
  }
}

function step(menu: HTMLDetailsElement, event: KeyboardEvent): void {
  const items = [...menu.querySelectorAll<HTMLElement>(ITEMS)];
  const place = nextPlace(event.key, items.indexOf(event.target as HTMLElement), items.length);
  if (place === null || !items.length) return;
  event.preventDefault();
  items[place]?.focus();
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.matches("input:not([type=checkbox], [type=radio]), select, textarea");
}

function openMenus(): HTMLDetailsElement[] {
  return [...document.querySelectorAll<HTMLDetailsElement>(`${MENU}[open]`)];
}

/** Not those behind a dialog that `place` is in: what is asked in front of a menu leaves it open. */
function menusBeside(place: Element): HTMLDetailsElement[] {
  const dialog = place.closest("dialog");
  return openMenus().filter((menu) => !dialog || dialog.contains(menu));
}

/** A menu that would stick out of the window opens to the other side. */
function keepInside(menu: HTMLDetailsElement): void {
  menu.classList.remove("dh-drop-flipped");
  const box = menu.querySelector(".dh-menu-pop")?.getBoundingClientRect();
  if (box && (box.right > window.innerWidth || box.left < 0)) menu.classList.add("dh-drop-flipped");
}
