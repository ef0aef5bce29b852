/** `<dh-conditions data-most="10">`: the lines of a custom filter. The last line stays; no more than `most` are added. */

/** Whether a line more may be added, and whether one may be taken away. */
export function room(lines: number, most: number): { more: boolean; fewer: boolean } {
  return { more: lines < most, fewer: lines > 1 };
}

class Conditions extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener("click", this.onClick);
    this.addEventListener("htmx:afterSettle", this.check);
    this.check();
  }

  private readonly onClick = (event: MouseEvent): void => {
    const button = (event.target as Element).closest("[data-remove]");
    button?.closest(".dh-condition")?.remove();
    this.check();
  };

  private readonly check = (): void => {
    const { more, fewer } = room(this.querySelectorAll(".dh-condition").length, Number(this.dataset["most"]));
    for (const button of this.querySelectorAll<HTMLButtonElement>("[data-remove]")) button.disabled = !fewer;
    const add = this.parentElement?.querySelector<HTMLButtonElement>("[data-add]");
    if (add) add.disabled = !more;
  };
}

if (!customElements.get("dh-conditions")) customElements.define("dh-conditions", Conditions);
