/** `<dh-leave-form>`: shows only the fields that belong to the chosen length of time off. Without script all stand there. */

export class LeaveForm extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener("change", this.show);
    document.addEventListener("htmx:afterSettle", this.show); // what came from others knows nothing of what is shown
    this.show();
  }

  disconnectedCallback(): void {
    document.removeEventListener("htmx:afterSettle", this.show);
  }

  private readonly show = (): void => {
    const length = this.querySelector<HTMLSelectElement>("[data-length]")?.value ?? "";
    for (const part of this.querySelectorAll<HTMLElement>("[data-only]")) {
      part.hidden = part.dataset["only"] !== length;
    }
  };
}

customElements.define("dh-leave-form", LeaveForm);
