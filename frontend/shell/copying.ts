/** A button that copies what stands elsewhere on the page: `data-copies="#id"`, `data-copied="what it says then"`. */

export function watchCopying(): void {
  document.addEventListener("click", onClick);
  document.addEventListener("htmx:load", offer);
  offer();
}

/** Buttons come hidden: without script, or where a page is not served safely, nothing can be copied by one. */
function offer(): void {
  if (!("clipboard" in navigator)) return;
  for (const button of document.querySelectorAll<HTMLElement>("[data-copies][hidden]")) button.hidden = false;
}

function onClick(event: MouseEvent): void {
  const button = (event.target as Element).closest<HTMLElement>("[data-copies]");
  const source = button && document.querySelector(button.dataset["copies"] ?? "");
  if (!button || !source) return;
  void navigator.clipboard.writeText(source.textContent.trim()).then(() => {
    const words = button.querySelector("span") ?? button;
    words.textContent = button.dataset["copied"] ?? "";
  });
}
