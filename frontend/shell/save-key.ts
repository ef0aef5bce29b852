/** Ctrl+S (⌘S) saves the form people are in, or the only one that says `data-save`. */

export function watchSaveKey(): void {
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "s" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    const form = formToSave(event.target as Element);
    if (!form) return;
    event.preventDefault();
    form.requestSubmit();
  });
}

/** The form around `from`; else that of an open pop-up; else the page's. */
export function formToSave(from: Element): HTMLFormElement | null {
  return (
    from.closest<HTMLFormElement>("form[data-save]") ??
    document.querySelector<HTMLFormElement>("dialog[open] form[data-save]") ??
    document.querySelector<HTMLFormElement>("form[data-save]")
  );
}
