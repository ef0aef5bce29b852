/**
 * `<dh-week-editor>` around the texts of a week's hours: draws what is typed, counts it, and shows the second week when
 * two weeks take turns. Without script the texts are enough.
 */
import { barsOf, hoursOf, lengthOf, lengthText } from "./hours";

const SVG = "http://www.w3.org/2000/svg";
const WORKDAYS = 5;

export class WeekEditor extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener("input", this.draw);
    this.addEventListener("change", this.onChange);
    this.addEventListener("click", this.onClick);
    this.closest("form")?.addEventListener("reset", this.onReset);
    for (const button of this.querySelectorAll<HTMLElement>("[data-copy]")) button.hidden = false;
    this.draw();
  }

  private get twoWeeks(): boolean {
    return this.querySelector<HTMLInputElement>("[data-two-weeks]")?.checked ?? false;
  }

  private get weeks(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>("[data-week]")];
  }

  private readonly onReset = (): void => {
    setTimeout(this.draw);
  };

  // A second week that nobody has filled yet starts as the first.
  private readonly onChange = (event: Event): void => {
    if ((event.target as Element).matches("[data-two-weeks]") && this.twoWeeks) {
      const [first, second] = this.weeks.map(fieldsOf);
      if (first && second?.every((field) => !field.value.trim())) {
        second.forEach((field, day) => (field.value = first[day]?.value ?? ""));
      }
    }
    this.draw();
  };

  private readonly onClick = (event: Event): void => {
    const button = (event.target as Element).closest("[data-copy]");
    const week = button?.closest<HTMLElement>("[data-week]");
    if (!week) return;
    const [first, ...rest] = fieldsOf(week).slice(0, WORKDAYS);
    for (const field of rest) field.value = first?.value ?? "";
    first?.dispatchEvent(new Event("input", { bubbles: true }));
  };

  private readonly draw = (): void => {
    const two = this.twoWeeks;
    let whole = 0;
    this.weeks.forEach((week, number) => {
      week.hidden = number > 0 && !two;
      const title = week.querySelector<HTMLElement>("[data-week-title]");
      if (title) title.hidden = !two;
      const sum = [...week.querySelectorAll<HTMLElement>("[data-day]")].map(drawDay).reduce((one, other) => one + other, 0);
      say(week, "[data-sum]", lengthText(sum));
      if (!week.hidden) whole += sum;
    });
    say(this, "[data-mean]", lengthText(whole / (two ? 2 : 1)));
  };
}

function fieldsOf(week: HTMLElement): HTMLInputElement[] {
  return [...week.querySelectorAll<HTMLInputElement>("[data-hours]")];
}

/** Draws the bar of a day; answers its minutes. */
function drawDay(day: HTMLElement): number {
  const field = day.querySelector<HTMLInputElement>("[data-hours]");
  const hours = hoursOf(field?.value ?? "");
  field?.classList.toggle("is-invalid", hours === null);
  const bars = day.querySelector("[data-bars]");
  bars?.replaceChildren(
    ...barsOf(hours ?? []).map(({ x, width }) => {
      const bar = document.createElementNS(SVG, "rect");
      for (const [name, value] of Object.entries({ class: "work", x, width, height: 24 })) bar.setAttribute(name, String(value));
      return bar;
    }),
  );
  const minutes = lengthOf(hours ?? []);
  say(day, "[data-length]", lengthText(minutes));
  return minutes;
}

function say(within: Element, selector: string, text: string): void {
  const place = within.querySelector(selector);
  if (place) place.textContent = text;
}

customElements.define("dh-week-editor", WeekEditor);
