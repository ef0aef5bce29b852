/**
 * `<dh-kept-form>` around a form of a customer: what they wrote and chose stays until it has arrived. A new page could
 * not keep chosen files.
 *
 * Refused (422), the form shows its mistakes in place. When nobody answers, or the sign-in is over, `data-failed` or
 * `data-signed-out` says so in the form's `[data-said]`. A form that was taken leads to a page, shown from `data-then`.
 * Without script it is a form as any other.
 */
import { cookie } from "../cookies";
import { isSignIn } from "../shell/toasts";

/** The server's answer to a form that it does not take. */
const REFUSED = 422;

export class KeptForm extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener("submit", this.onSubmit);
  }

  private readonly onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    if (form.ariaBusy !== "true") void this.send(form);
  };

  private async send(form: HTMLFormElement): Promise<void> {
    form.ariaBusy = "true";
    form.querySelector("[data-said]")?.toggleAttribute("hidden", true);
    try {
      const response = await fetch(form.action, { method: "POST", body: contentOf(form) });
      this.answered(form, response, await response.text());
    } catch {
      this.say(form, this.dataset["failed"]);
    } finally {
      form.ariaBusy = null;
    }
  }

  private answered(form: HTMLFormElement, response: Response, html: string): void {
    if (isSignIn(html)) this.say(form, this.dataset["signedOut"]);
    else if (response.status === REFUSED) takeOver(form, new DOMParser().parseFromString(html, "text/html"));
    else if (response.ok) goTo(response.url, this.dataset["then"] ?? "");
    else this.say(form, sentenceIn(html) || this.dataset["failed"]);
  }

  private say(form: HTMLFormElement, sentence = ""): void {
    const said = form.querySelector<HTMLElement>("[data-said]");
    if (!said) return;
    said.hidden = false;
    (said.querySelector("div") ?? said.appendChild(document.createElement("div"))).textContent = sentence;
    said.scrollIntoView({ block: "nearest" });
  }
}

/** Whoever signed in again in another tab has a new token by now. */
function contentOf(form: HTMLFormElement): FormData {
  const content = new FormData(form);
  const token = cookie("csrftoken");
  if (token) content.set("csrfmiddlewaretoken", token);
  return content;
}

/** Shows the form as the server drew it, with the files that are chosen here. */
export function takeOver(form: HTMLFormElement, page: Document): void {
  const drawn = page.querySelector("dh-kept-form > form");
  if (!drawn) return;
  const fresh = document.importNode(drawn, true);
  const uploads = form.querySelectorAll("dh-upload");
  fresh.querySelectorAll("dh-upload").forEach((upload, place) => {
    const chosen = uploads[place];
    if (chosen) upload.replaceWith(chosen);
  });
  form.replaceChildren(...fresh.childNodes);
  form.querySelector<HTMLElement>(".is-invalid")?.focus();
}

/** What a page says that is shown instead of what was asked for. */
function sentenceIn(html: string): string {
  return new DOMParser().parseFromString(html, "text/html").querySelector("main.dh-message > p")?.textContent.trim() ?? "";
}

/** A page that is at the same address already would only be scrolled. */
function goTo(address: string, then: string): void {
  const isHere = address === location.href.split("#")[0];
  location.assign(address + then);
  if (isHere) location.reload();
}

if (!customElements.get("dh-kept-form")) customElements.define("dh-kept-form", KeptForm);
