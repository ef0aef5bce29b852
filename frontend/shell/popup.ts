/** Pop-ups: what htmx swaps into `<dialog id="dh-popup">` is shown; `dh:close-popup` from the server closes it. */

const FIRST = "[autofocus], .is-invalid, .dh-popup-body :is(input:not([type=hidden]), select, textarea), .dh-popup-foot button";

export function watchPopups(): void {
  const popup = document.querySelector<HTMLDialogElement>("#dh-popup");
  if (!popup) return;
  // Whatever is said around the button that opens it: a pop-up is filled, with the whole answer.
  popup.addEventListener("htmx:beforeSwap", (event) => {
    if (event.target !== popup) return;
    Object.assign((event as CustomEvent<object>).detail, { swapOverride: "innerHTML", selectOverride: "unset" });
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.target === popup) show(popup);
  });
  document.addEventListener("dh:close-popup", () => {
    popup.close();
  });
  popup.addEventListener("click", (event) => {
    if ((event.target as Element).closest("[data-close]")) popup.close();
  });
  popup.addEventListener("submit", (event) => {
    if (!(event.target as Element).matches("[data-download]")) return;
    // The file comes by itself; the browser stays on this page.
    setTimeout(() => {
      popup.close();
    });
  });
  popup.addEventListener("close", () => {
    popup.replaceChildren();
  });
}

function show(popup: HTMLDialogElement): void {
  if (!popup.hasChildNodes()) return;
  if (!popup.open) popup.showModal();
  popup.querySelector<HTMLElement>(FIRST)?.focus();
}
