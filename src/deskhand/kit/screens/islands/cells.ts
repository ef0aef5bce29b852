/**
 * Cells that are edited in the list (`td[data-edit]` of `table[data-cells]`): a click opens one, F2 the first of the row
 * that has the focus. Enter saves, Tab saves and opens the next, Escape leaves it as it was; leaving the cell saves.
 */

/** The address of a cell: the list's, with the record's key instead of 0, and what the list shows. */
export function addressOf(model: string, key: string, column: string, query: string): string {
  const params = new URLSearchParams(query);
  params.set("column", column);
  return `${model.replace("/0/", `/${key}/`)}?${params.toString()}`;
}

const OPEN = "td[data-edit]:has(> .dh-cell)";

class Cell {
  private readonly before: string;
  private first = "";
  private isBusy = false;

  constructor(
    readonly cell: HTMLTableCellElement,
    private readonly url: string,
  ) {
    this.before = cell.innerHTML;
  }

  async open(): Promise<void> {
    const answer = await asked(this.url, { headers: { "HX-Request": "true" } });
    if (!answer?.ok || answer.redirected) {
      this.fail();
      return;
    }
    this.show(await answer.text());
    this.first = this.typed();
  }

  /** Whether the cell is closed: saved, or as it was. */
  async save(): Promise<boolean> {
    const form = this.cell.querySelector("form");
    if (!form || this.isBusy) return false;
    if (this.typed() === this.first) {
      this.close();
      return true;
    }
    this.isBusy = true;
    const headers = { "HX-Request": "true", "X-CSRFToken": token() };
    const answer = await asked(this.url, { method: "POST", body: new FormData(form), headers });
    this.isBusy = false;
    if (!answer) {
      this.fail(); // it stays open, with what was typed
      return false;
    }
    if (answer.status === 422) {
      this.show(await answer.text());
      return false;
    }
    if (!answer.ok || answer.redirected) {
      this.close();
      this.fail();
      return true;
    }
    this.replace(await answer.text());
    return true;
  }

  close(): void {
    this.cell.innerHTML = this.before;
    this.rest();
  }

  /** The row changes by itself again; while a cell of it is open it is left alone. */
  private rest(): void {
    this.cell.closest("tr")?.removeAttribute("data-editing");
    document.body.dispatchEvent(new Event("dh:refresh"));
  }

  private replace(html: string): void {
    const row = this.cell.closest("tr");
    if (!row) return;
    const isTicked = row.querySelector<HTMLInputElement>("input[name=pk]")?.checked ?? false;
    row.innerHTML = html;
    row.removeAttribute("data-editing");
    const box = row.querySelector<HTMLInputElement>("input[name=pk]");
    if (box) box.checked = isTicked;
    window.htmx.process(row);
  }

  private show(html: string): void {
    this.cell.innerHTML = html;
    this.cell.closest("tr")?.setAttribute("data-editing", "");
    const control = this.cell.querySelector<HTMLInputElement>("input, select, textarea");
    control?.focus();
    if (control?.select) control.select();
  }

  private typed(): string {
    const form = this.cell.querySelector("form");
    return form ? JSON.stringify([...new FormData(form)]) : "";
  }

  private fail(): void {
    const text = this.cell.closest("table")?.dataset["failed"] ?? "";
    document.dispatchEvent(new CustomEvent("dh:toast", { detail: { text, tone: "bad" } }));
  }
}

/** The answer; null: nobody answers. */
async function asked(url: string, how: RequestInit): Promise<Response | null> {
  try {
    return await fetch(url, how);
  } catch {
    return null;
  }
}

let current: Cell | null = null;

function token(): string {
  return /(?:^|; )csrftoken=([^;]*)/.exec(document.cookie)?.[1] ?? "";
}

async function open(cell: HTMLTableCellElement): Promise<void> {
  const model = cell.closest("table")?.dataset["cells"];
  const key = cell.closest("tr")?.querySelector<HTMLInputElement>("input[name=pk]")?.value;
  if (!model || !key || cell.matches(OPEN)) return;
  current = new Cell(cell, addressOf(model, key, cell.dataset["edit"] ?? "", location.search));
  await current.open();
}

async function leave(): Promise<boolean> {
  const closing = current;
  if (!closing) return true;
  const isClosed = await closing.save();
  if (isClosed && current === closing) current = null;
  return isClosed;
}

async function onClick(event: MouseEvent): Promise<void> {
  const cell = (event.target as Element).closest<HTMLTableCellElement>("table[data-cells] td[data-edit]");
  if (!cell || (event.target as Element).closest("a, button, input, select, label")) return;
  if (current?.cell === cell) return;
  const row = cell.closest("tr");
  const column = cell.dataset["edit"] ?? "";
  if (await leave()) await open(cell.isConnected ? cell : (row?.querySelector<HTMLTableCellElement>(`[data-edit="${CSS.escape(column)}"]`) ?? cell));
}

async function onKey(event: KeyboardEvent): Promise<void> {
  const target = event.target as Element;
  if (event.key === "F2") {
    const first = target.closest("table[data-cells] tr.rec")?.querySelector<HTMLTableCellElement>("td[data-edit]");
    if (!first) return;
    event.preventDefault();
    if (await leave()) await open(first);
    return;
  }
  if (!target.closest(".dh-cell")) return;
  if (event.key === "Escape") {
    event.preventDefault();
    const row = target.closest("tr");
    current?.close();
    current = null;
    row?.querySelector<HTMLElement>(".lead a")?.focus();
  } else if (event.key === "Enter") {
    event.preventDefault();
    const row = target.closest("tr");
    if (await leave()) row?.querySelector<HTMLElement>(".lead a")?.focus();
  } else if (event.key === "Tab") {
    event.preventDefault();
    await further(target, event.shiftKey ? -1 : 1);
  }
}

/** To the next cell that can be edited, in this row or the one beside it. */
async function further(target: Element, by: number): Promise<void> {
  const table = target.closest("table");
  const cells = (): HTMLTableCellElement[] => [...(table?.querySelectorAll<HTMLTableCellElement>("td[data-edit]") ?? [])];
  const place = cells().findIndex((cell) => cell.contains(target));
  if (!(await leave())) return;
  const next = cells()[place + by];
  if (next) await open(next);
}

document.addEventListener("click", (event) => void onClick(event));
document.addEventListener("keydown", (event) => void onKey(event));
document.addEventListener("submit", (event) => {
  if ((event.target as Element).matches(".dh-cell")) event.preventDefault();
});
document.addEventListener("focusout", (event) => {
  const form = (event.target as Element).closest(".dh-cell");
  if (form?.isConnected && !form.contains(event.relatedTarget as Node | null)) {
    setTimeout(() => {
      if (form.isConnected && !form.contains(document.activeElement)) void leave();
    });
  }
});
