/** Stars that are set by clicking them, on a card, in a row or on a sheet (IN-10). */

/** Clicking the star that is the present level takes all stars away. */
export function nextPriority(clicked: number, present: number): number {
  return clicked === present ? 0 : clicked;
}

document.addEventListener("click", (event) => {
  const star = (event.target as Element).closest<HTMLButtonElement>(".dh-stars button");
  const place = star?.closest<HTMLElement>("[data-ticket]");
  if (!star || !place) return;
  event.preventDefault();
  event.stopPropagation();
  const present = star.parentElement?.querySelector<HTMLElement>('[aria-pressed="true"]')?.dataset.priority ?? "0";
  const priority = nextPriority(Number(star.dataset.priority), Number(present));
  // Not in the name of the place: that may be a form, whose own saving it is not.
  void window.htmx.ajax("post", `${place.dataset.ticket}priority/`, {
    source: star.parentElement ?? star,
    swap: "none",
    values: { priority: String(priority) },
  });
});
