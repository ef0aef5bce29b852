/** Asks once before what cannot simply be taken back: `data-confirm="sentence"` on a form, one of its buttons or a link, or `hx-confirm`. */

interface Question {
  question: string | null;
  issueRequest: (skipConfirmation: boolean) => void;
  triggeringEvent?: Event;
}

export function watchConfirmations(): void {
  document.addEventListener("submit", onSubmit, true);
  document.addEventListener("click", onClick, true);
  document.addEventListener("htmx:confirm", onHtmx);
}

function onSubmit(event: SubmitEvent): void {
  const form = event.target as HTMLFormElement;
  const question = event.submitter?.dataset["confirm"] ?? form.dataset["confirm"];
  if (!question || form.dataset["confirmed"]) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  ask(question, form.dataset["confirmTone"], event.submitter, () => {
    form.dataset["confirmed"] = "yes";
    form.requestSubmit(event.submitter);
    delete form.dataset["confirmed"];
  });
}

function onClick(event: MouseEvent): void {
  const link = (event.target as Element).closest<HTMLAnchorElement>("a[data-confirm]");
  const question = link?.dataset["confirm"];
  if (!link || !question) return;
  event.preventDefault();
  ask(question, link.dataset["confirmTone"], link, () => {
    window.location.assign(link.href);
  });
}

function onHtmx(event: Event): void {
  const { question, issueRequest, triggeringEvent } = (event as CustomEvent<Question>).detail;
  if (!question) return;
  event.preventDefault();
  const asker = event.target as HTMLElement;
  const submitter = triggeringEvent instanceof SubmitEvent ? triggeringEvent.submitter : null;
  ask(question, asker.dataset["confirmTone"], asker.matches("a, button") ? asker : submitter, () => {
    issueRequest(true);
  });
}

/** `asker`: the button that was pressed. The dialog's has its words, so that one need not read on to know them. */
function ask(question: string, tone: string | undefined, asker: HTMLElement | null, yes: () => void): void {
  const dialog = document.querySelector<HTMLDialogElement>("#dh-confirm");
  const text = dialog?.querySelector("#dh-confirm-text");
  if (!dialog || !text) return;
  text.textContent = question;
  const button = dialog.querySelector<HTMLElement>("[data-yes]");
  if (button) {
    button.classList.toggle("btn-bad", tone === "bad");
    button.textContent = wordsOf(asker) || (button.dataset["yes"] ?? "");
  }
  dialog.returnValue = "no";
  dialog.addEventListener(
    "close",
    () => {
      if (dialog.returnValue === "yes") yes();
    },
    { once: true },
  );
  dialog.showModal();
}

/** What a button says, without the sign that more is asked: the dialog is what is asked. Nothing for one with an icon. */
export function wordsOf(button: HTMLElement | null): string {
  return (button?.textContent ?? "").replace(/\s+/g, " ").trim().replace(/…$/, "");
}
