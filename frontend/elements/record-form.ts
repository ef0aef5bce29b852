/**
 * `<dh-record-form>` around a form: says what is not saved yet, and does not let it be lost.
 *
 * While the fields differ from what was loaded, the element has the attribute `dirty` and every
 * `[data-unsaved="<id of the form>"]` of the page is shown; a `type="reset"` button of the form discards. A form that
 * htmx sends is saved when a link is followed; of any other the browser asks before the page is left.
 *
 * While it is dirty nothing from the server is drawn over it but the answer to the form itself, which brings what was
 * typed back. Discarding asks the page for what is stored by now (`dh:refresh`): others may have changed it. While the
 * form is on its way, that waits for the answer, which would bring back what was discarded.
 *
 * A field that is still being filled in by the server (`aria-busy`, like a picker that creates what was typed) is waited
 * for: the form is sent when it says `dh:ready`. What was asked for before a save and comes after it is not drawn: it
 * shows an older `version`.
 */

import { isSignIn } from "../shell/toasts";

/** The server's answer to a form that it does not take. */
const REFUSED = 422;

export class RecordForm extends HTMLElement {
  private loaded = "";
  private goTo: string | null = null;
  private refused = false;
  private sent = "";
  private isSending = false;
  private isDiscarded = false;
  private waiting: { submitter: HTMLElement | null } | null = null;

  connectedCallback(): void {
    this.remember();
    this.addEventListener("input", this.compare);
    this.addEventListener("change", this.compare);
    this.addEventListener("reset", this.onReset, { capture: true });
    this.addEventListener("submit", this.onSubmit, { capture: true });
    this.addEventListener("dh:ready", this.onReady);
    this.addEventListener("htmx:oobBeforeSwap", this.onFromOthers);
    this.addEventListener("htmx:beforeRequest", this.onSend);
    this.addEventListener("htmx:beforeOnLoad", this.onAnswer);
    this.addEventListener("htmx:afterRequest", this.onSent);
    document.addEventListener("click", this.onLink);
    document.addEventListener("htmx:afterSettle", this.onSettled);
    window.addEventListener("beforeunload", this.onLeave);
  }

  disconnectedCallback(): void {
    document.removeEventListener("click", this.onLink);
    document.removeEventListener("htmx:afterSettle", this.onSettled);
    window.removeEventListener("beforeunload", this.onLeave);
  }

  get form(): HTMLFormElement | null {
    return this.querySelector("form");
  }

  get isDirty(): boolean {
    return this.hasAttribute("dirty");
  }

  private remember(): void {
    this.loaded = this.form ? written(new FormData(this.form)) : "";
    this.compare();
  }

  private readonly compare = (): void => {
    const form = this.form;
    if (!form) return;
    const dirty = written(new FormData(form)) !== this.loaded;
    this.toggleAttribute("dirty", dirty);
    for (const mark of document.querySelectorAll<HTMLElement>(`[data-unsaved="${CSS.escape(form.id)}"]`)) {
      mark.hidden = !dirty;
    }
  };

  private readonly onReset = (event: Event): void => {
    if (this.isSending) {
      event.preventDefault();
      event.stopImmediatePropagation();
      this.isDiscarded = true;
      return;
    }
    // The fields have their old values only after the event.
    setTimeout(() => {
      this.refused = false;
      this.toggleAttribute("dirty", false);
      this.remember();
      this.dispatchEvent(new Event("dh:refresh", { bubbles: true }));
    });
  };

  /** What comes with the answer to the form itself is looked at once that is complete ({@link onSent}). */
  private readonly onSettled = (): void => {
    if (!this.isDirty && !this.isSending) this.remember();
  };

  private readonly onSubmit = (event: SubmitEvent): void => {
    if (!this.form?.querySelector("[aria-busy=true]")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.waiting = { submitter: event.submitter };
  };

  private readonly onReady = (): void => {
    const { waiting, form } = this;
    if (!waiting || form?.querySelector("[aria-busy=true]")) return;
    this.waiting = null;
    form?.requestSubmit(waiting.submitter);
  };

  private readonly onFromOthers = (event: Event): void => {
    const { detail } = event as CustomEvent<{ shouldSwap: boolean; target: Element; fragment: DocumentFragment }>;
    if (detail.target === this && versionIn(detail.fragment) < versionIn(this)) detail.shouldSwap = false;
  };

  /** Whether it is the form that is sent, and nothing else in its name. */
  private isOwn(event: Event): boolean {
    const { elt, pathInfo } = (event as CustomEvent<{ elt: Element; pathInfo?: { requestPath: string } }>).detail;
    return elt === this.form && (!pathInfo || pathInfo.requestPath === this.form.getAttribute("hx-post"));
  }

  private readonly onSend = (event: Event): void => {
    if (!this.form || !this.isOwn(event)) return;
    this.sent = written(new FormData(this.form));
    this.isSending = true;
  };

  private readonly onAnswer = (event: Event): void => {
    if (!this.isOwn(event)) return;
    const { xhr } = (event as CustomEvent<{ xhr: XMLHttpRequest }>).detail;
    this.refused = xhr.status === REFUSED || isSignIn(xhr.responseText);
    if (xhr.status === REFUSED) this.toggleAttribute("dirty", false);
    else if (xhr.status < 300 && !this.refused) this.onSaved(xhr.responseText);
  };

  /** Who typed on meanwhile goes on; only what nobody types, like the version, is taken from the answer. */
  private onSaved(answer: string): void {
    if (!this.form) return;
    this.loaded = this.sent;
    this.compare();
    if (this.isDirty) takeHidden(this.form, new DOMParser().parseFromString(answer, "text/html"));
  }

  private readonly onSent = (event: Event): void => {
    if (!this.form || !this.isOwn(event)) return;
    this.isSending = false;
    if (this.isDiscarded) {
      this.isDiscarded = false;
      this.goTo = null;
      this.form.reset();
      return;
    }
    const { successful } = (event as CustomEvent<{ successful: boolean }>).detail;
    const isSaved = successful && !this.refused;
    if (isSaved && this.isDirty && this.goTo) {
      this.form.requestSubmit(); // typed on meanwhile: that is saved too before the page is left
      return;
    }
    if (isSaved && !this.isDirty) {
      keep(this.form);
      this.remember();
      if (this.goTo) window.location.assign(this.goTo);
    } else {
      this.compare();
    }
    this.goTo = null;
  };

  private readonly onLink = (event: MouseEvent): void => {
    const link = (event.target as Element).closest<HTMLAnchorElement>("a[href]");
    if (!link || !this.isDirty || event.defaultPrevented || !leaves(link, event)) return;
    if (!this.form?.matches("[hx-post], [hx-put], [hx-patch]")) return;
    event.preventDefault();
    this.goTo = link.href;
    this.form.requestSubmit();
  };

  private readonly onLeave = (event: BeforeUnloadEvent): void => {
    const isSending = this.form?.ariaBusy === "true" || this.goTo !== null;
    if (this.isDirty && !isSending) event.preventDefault();
  };
}

/** All that would be sent, as one string: equal when nothing was changed. The token is another one in every answer. */
export function written(data: FormData): string {
  const fields = [...data].filter(([name]) => name !== "csrfmiddlewaretoken");
  return JSON.stringify(fields.map(([name, value]) => [name, value instanceof File ? [value.name, value.size] : value]));
}

/** The version of the record that is shown; without one, none is older than another. */
function versionIn(part: ParentNode): number {
  return Number(part.querySelector<HTMLInputElement>("input[name=version]")?.value ?? 0);
}

function takeHidden(form: HTMLFormElement, answer: Document): void {
  for (const field of form.querySelectorAll<HTMLInputElement>("input[type=hidden][name]")) {
    const fresh = answer.querySelector<HTMLInputElement>(`#${CSS.escape(form.id)} input[name="${CSS.escape(field.name)}"]`);
    if (fresh) field.value = fresh.value;
  }
}

/** Makes what is in the fields that to which they are reset. */
export function keep(form: HTMLFormElement): void {
  for (const control of form.elements) {
    if (control instanceof HTMLTextAreaElement) control.defaultValue = control.value;
    else if (control instanceof HTMLSelectElement) for (const option of control.options) option.defaultSelected = option.selected;
    else if (!(control instanceof HTMLInputElement) || control.type === "file") continue;
    else if (/^(checkbox|radio)$/.test(control.type)) control.defaultChecked = control.checked;
    else control.defaultValue = control.value;
  }
}

/** Whether following the link leaves the page in this window. */
export function leaves(link: HTMLAnchorElement, event: Pick<MouseEvent, "button" | "ctrlKey" | "metaKey" | "shiftKey">): boolean {
  const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey;
  const here = link.hash && link.pathname === location.pathname && link.search === location.search;
  return plain && !here && (!link.target || link.target === "_self") && link.origin === location.origin;
}

if (!customElements.get("dh-record-form")) customElements.define("dh-record-form", RecordForm);
