/** The summary of what to put right is where people look, and screen readers begin, when a form comes back. */
export function focusMistakes(): void {
  document.querySelector<HTMLElement>("[data-focus]")?.focus();
}
