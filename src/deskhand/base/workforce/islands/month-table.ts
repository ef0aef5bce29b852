/** `<dh-month-table>`: where a month is wider than the screen, today is in sight, not the first. Without script one scrolls. */

import { middle } from "./middle";

export class MonthTable extends HTMLElement {
  connectedCallback(): void {
    const box = this.querySelector<HTMLElement>(".dh-off-box");
    const today = this.querySelector<HTMLElement>("th.today");
    const names = this.querySelector<HTMLElement>("th.who");
    if (box && today && names) {
      box.scrollLeft = middle({ at: today.offsetLeft, width: today.offsetWidth }, names.offsetWidth, box.clientWidth);
    }
  }
}

customElements.define("dh-month-table", MonthTable);
