/** Asks once before what cannot simply be taken back: `data-confirm="sentence"` on a form or link, or `hx-confirm`. */

interface Question {
  question: string | null;
  issueRequest: (skipConfirmation: boolean) => void;
}

export function watchConfirmations(): void {
  document.addEventListener("submit", onSubmit, true);
  document.addEventListener("click", onClick, true);
  document.addEventListener("htmx:confirm", onHtmx);
}

function onSubmit(event: SubmitEvent): void {
  const form = event.target as HTMLFormElement;
  const question = form.dataset["confirm"];
  if (!question || form.dataset["confirmed"]) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  ask(question, form.dataset["confirmTone"], () => {
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
  ask(question, link.dataset["confirmTone"], () => {
    window.location.assign(link.href);
  });
}

function onHtmx(event: Event): void {
  const { question, issueRequest } = (event as CustomEvent<Question>).detail;
  if (!question) return;
  event.preventDefault();
  ask(question, (event.target as HTMLElement).dataset["confirmTone"], () => {
    issueRequest(true);
  });
}

function ask(question: string, tone: string | undefined, yes: () => void): void {
  const dialog = document.querySelector<HTMLDialogElement>("#dh-confirm");
  const text = dialog?.querySelector("#dh-confirm-text");
  if (!dialog || !text) return;
  text.textContent = question;
  dialog.querySelector("[data-yes]")?.classList.toggle("btn-bad", tone === "bad");
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
