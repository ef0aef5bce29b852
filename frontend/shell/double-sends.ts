/** A form that is on its way is not sent again by a second click. */

export function watchDoubleSends(): void {
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (form.method !== "post" || event.defaultPrevented || form.matches("[hx-post], [hx-put], [hx-patch], [hx-delete]")) return;
    if (form.ariaBusy === "true") event.preventDefault();
    else form.ariaBusy = "true";
  });
  // The browser's back button brings the page back as it was left.
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll<HTMLFormElement>("form[aria-busy=true]")) form.ariaBusy = null;
  });
}
