/** Quick create on a board: stays open for the next ticket, Escape or *Discard* takes it away, *Edit* goes on in the full form. */

/** The address of the full form, with what was typed so far. */
export function fullForm(address: string, typed: FormData): string {
  const query = new URLSearchParams();
  for (const name of ["title", "customer"]) {
    const value = typed.get(name);
    if (typeof value === "string" && value.trim()) query.set(name, value.trim());
  }
  return query.size ? `${address}&${query}` : address;
}

/** Ready for the next ticket: nothing typed, nothing said to be wrong. */
export function emptied(form: HTMLFormElement): void {
  for (const said of form.querySelectorAll(".dh-error")) said.remove();
  for (const field of form.querySelectorAll<HTMLInputElement>("input")) {
    field.classList.remove("is-invalid");
    field.removeAttribute("aria-invalid");
    if (field.type !== "hidden") field.value = ""; // a reset would bring back what was typed when it was refused
  }
}

const FIRST = "input:not([type=hidden])";

const formAround = (target: EventTarget | null): HTMLFormElement | null =>
  target instanceof Element ? target.closest<HTMLFormElement>("form.dh-quick") : null;

document.addEventListener("keydown", (event) => {
  const form = event.key === "Escape" ? formAround(event.target) : null;
  form?.remove();
});

document.addEventListener("click", (event) => {
  const button = (event.target as Element).closest<HTMLElement>("[data-full-form]");
  const form = formAround(event.target);
  if (form && (event.target as Element).closest("[data-discard]")) form.remove();
  if (button && form) location.assign(fullForm(button.dataset.fullForm ?? "", new FormData(form)));
});

document.addEventListener("htmx:afterRequest", (event) => {
  const { elt, successful } = (event as CustomEvent<{ elt: Element; successful: boolean }>).detail;
  if (!successful || !(elt instanceof HTMLFormElement) || !elt.matches(".dh-quick")) return;
  emptied(elt);
  elt.querySelector<HTMLElement>(FIRST)?.focus();
});

document.addEventListener("htmx:afterSwap", (event) => {
  const target = (event as CustomEvent<{ target: Element }>).detail.target;
  if (target.matches(".dh-new")) target.querySelector<HTMLElement>(FIRST)?.focus();
});
