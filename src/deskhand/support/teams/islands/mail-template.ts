/** `<dh-mail-template data-select="<id>">`: link to and preview of the mail template that is chosen in the select. */

/** The address of a template, where `0` stands in the pattern (`/templates/0/`, `?template=0`). */
export function addressOf(pattern: string, pk: string): string {
  return pattern.replace(/(\/|=)0(?=\/|$)/, `$1${pk}`);
}

export class MailTemplate extends HTMLElement {
  private select: HTMLSelectElement | null = null;

  connectedCallback(): void {
    this.select = document.querySelector(`#${CSS.escape(this.dataset["select"] ?? "")}`);
    this.select?.addEventListener("change", this.follow);
  }

  disconnectedCallback(): void {
    this.select?.removeEventListener("change", this.follow);
  }

  private readonly follow = (): void => {
    const pk = this.select?.value ?? "";
    this.hidden = !pk;
    if (!pk) return;
    this.querySelector("a")?.setAttribute("href", addressOf(this.dataset["page"] ?? "", pk));
    this.querySelector("iframe")?.setAttribute("src", addressOf(this.dataset["preview"] ?? "", pk));
  };
}

if (!customElements.get("dh-mail-template")) customElements.define("dh-mail-template", MailTemplate);
