/**
 * The composer: two tabs that keep what was typed, and Ctrl+Enter to send. What is not sent yet stays when something
 * else about the conversation is drawn anew, and is not lost by leaving the page unasked.
 */
import { chooseTab } from "../../../../../frontend/shell/tabs";
import { isSignIn } from "../../../../../frontend/shell/toasts";

/** Whether somebody began to write in the form. */
export function hasDraft(form: HTMLFormElement): boolean {
  return [...new FormData(form)].some(([name, value]) =>
    value instanceof File ? value.size > 0 || value.name !== "" : DRAFTED.has(name) && value.trim() !== "",
  );
}

/** Whether a message would reach nobody: no recipient is ticked, no address is in Cc. Where nobody follows, that is said once writing begins. */
export function reachesNobody(form: HTMLFormElement): boolean {
  const [typed, copies] = [new FormData(form), form.elements.namedItem("cc")];
  if (!(copies instanceof HTMLInputElement) || copies.value.trim() !== "" || typed.has("to")) return false;
  return hasDraft(form) || form.elements.namedItem("to") !== null;
}

/** Takes out what was sent. */
export function empty(form: HTMLFormElement): void {
  form.reset();
  for (const name of DRAFTED) {
    const control = form.elements.namedItem(name);
    if (control instanceof HTMLTextAreaElement || control instanceof HTMLInputElement) control.value = "";
  }
}

const DRAFTED = new Set(["body", "cc"]);
const REFUSED = 422;

class Composer extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener("click", (event) => {
      const tab = (event.target as Element).closest<HTMLElement>('[role="tab"]');
      if (tab) chooseTab(tab)?.querySelector<HTMLElement>("textarea")?.focus();
    });
    this.addEventListener("keydown", this.sendOnCtrlEnter);
    for (const kind of ["input", "change", "htmx:afterRequest"]) this.addEventListener(kind, this.keepDrafts);
    this.addEventListener("htmx:beforeOnLoad", this.letAnswerIn);
    window.addEventListener("beforeunload", this.onLeave);
  }

  disconnectedCallback(): void {
    window.removeEventListener("beforeunload", this.onLeave);
  }

  private get forms(): HTMLFormElement[] {
    return [...this.querySelectorAll<HTMLFormElement>("form.dh-composer")];
  }

  private readonly keepDrafts = (): void => {
    for (const form of this.forms) {
      this.keep(form, hasDraft(form));
      const warning = form.querySelector<HTMLElement>("#message-nobody");
      if (warning) warning.hidden = !reachesNobody(form);
    }
  };

  /** The answer to the form itself: empty if it was sent, else what was typed with what is wrong with it. */
  private readonly letAnswerIn = (event: Event): void => {
    const { elt, xhr } = (event as CustomEvent<{ elt: Element; xhr: XMLHttpRequest }>).detail;
    const form = this.forms.find((one) => one === elt);
    if (!form || isSignIn(xhr.responseText) || (xhr.status >= 300 && xhr.status !== REFUSED)) return;
    if (xhr.status !== REFUSED) empty(form);
    this.keep(form, false);
  };

  /** Only what a person fills in: who else follows by now may still appear among the recipients. */
  private keep(form: HTMLFormElement, kept: boolean): void {
    for (const part of form.querySelectorAll(".dh-pick, .dh-cc, .dh-write")) part.toggleAttribute("data-keep", kept);
  }

  private readonly onLeave = (event: BeforeUnloadEvent): void => {
    if (this.forms.some(hasDraft)) event.preventDefault();
  };

  private readonly sendOnCtrlEnter = (event: KeyboardEvent): void => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    const form = (event.target as Element).closest("form");
    if (!form?.querySelector(".dh-send")) return;
    event.preventDefault();
    form.requestSubmit();
  };
}

customElements.define("dh-composer", Composer);
