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

type Content = ReadonlyMap<HTMLInputElement, string>;

/** What stands in the fields. */
export function contentOf(form: HTMLFormElement): Content {
  const fields = [...form.querySelectorAll<HTMLInputElement>("input")].filter(({ type }) => type !== "hidden");
  return new Map(fields.map((field) => [field, field.value]));
}

/** Ready for the next ticket: nothing said to be wrong, nothing left of what was sent; what was typed since then stays. */
export function emptied(form: HTMLFormElement, sent: Content): void {
  for (const said of form.querySelectorAll(".dh-error")) said.remove();
  for (const [field, value] of contentOf(form)) {
    field.classList.remove("is-invalid");
    field.removeAttribute("aria-invalid");
    if (value === sent.get(field)) field.value = ""; // a reset would bring back what was typed when it was refused
  }
}

/** What was sent and is not answered yet. */
const underWay = new Map<HTMLInputElement, string>();

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

// The same once more is no second ticket; what was typed since then is, and htmx sends it after the answer.
document.addEventListener(
  "submit",
  (event) => {
    const form = formAround(event.target);
    if (!form || [...contentOf(form)].some(([field, value]) => value !== underWay.get(field))) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  },
  { capture: true },
);

document.addEventListener("htmx:beforeRequest", (event) => {
  const { elt } = (event as CustomEvent<{ elt: HTMLFormElement }>).detail;
  if (elt.matches(".dh-quick")) for (const [field, value] of contentOf(elt)) underWay.set(field, value);
});

document.addEventListener("htmx:afterRequest", (event) => {
  const { elt, successful } = (event as CustomEvent<{ elt: HTMLFormElement; successful: boolean }>).detail;
  if (!elt.matches(".dh-quick")) return;
  if (successful) emptied(elt, underWay);
  for (const field of contentOf(elt).keys()) underWay.delete(field);
  const isEmpty = [...contentOf(elt).values()].every((value) => !value);
  if (successful && isEmpty) elt.querySelector<HTMLElement>(FIRST)?.focus();
});

document.addEventListener("htmx:afterSwap", (event) => {
  const target = (event as CustomEvent<{ target: Element }>).detail.target;
  if (target.matches(".dh-new")) target.querySelector<HTMLElement>(FIRST)?.focus();
});
