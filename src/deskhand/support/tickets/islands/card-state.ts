/** The dot of a card: a click offers the three states; one menu for the whole board, so that cards stay light. */
export {};

let shown: { menu: HTMLElement; dot: HTMLElement } | null = null;

function close(): void {
  shown?.menu.remove();
  shown?.dot.setAttribute("aria-expanded", "false");
  shown = null;
}

function offer(dot: HTMLElement): void {
  const template = document.querySelector<HTMLTemplateElement>("#card-states");
  const menu = template?.content.firstElementChild?.cloneNode(true);
  if (!(menu instanceof HTMLElement)) return;
  dot.after(menu);
  dot.setAttribute("aria-expanded", "true");
  menu.querySelector<HTMLElement>("button")?.focus();
  shown = { menu, dot };
}

function choose(choice: HTMLElement): void {
  const card = choice.closest<HTMLElement>("[data-ticket]");
  const state = choice.dataset["state"] ?? "";
  close();
  if (!card) return;
  void window.htmx.ajax("post", `${card.dataset["ticket"] ?? ""}state/`, { source: card.querySelector(".dh-st") ?? card, swap: "none", values: { state } });
}

document.addEventListener("click", (event) => {
  const target = event.target as Element;
  const dot = target.closest<HTMLElement>(".dh-st.set");
  const choice = target.closest<HTMLElement>(".dh-states [data-state]");
  const wasOpenFor = shown?.dot;
  if (choice) choose(choice);
  else close();
  if (dot && dot !== wasOpenFor) offer(dot);
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !shown) return;
  const { dot } = shown;
  close();
  dot.focus();
});
