/** Toasts: what just happened, and a way back. `dh:toast` brings one; those of a full page stand in it already. */
export interface Toast {
  text: string;
  undo?: string;
  tone?: string;
}

const MOST = 4;

export function watchToasts(): void {
  const list = document.querySelector<HTMLElement>("#dh-toasts");
  const model = document.querySelector<HTMLTemplateElement>("#dh-toast");
  if (!list || !model) return;
  const say = (toast: Toast): void => {
    add(list, model, toast);
  };
  for (const shown of list.querySelectorAll<HTMLElement>(".dh-toast")) {
    manage(shown, { text: "", undo: shown.querySelector<HTMLElement>("[data-undo]")?.dataset["undo"] ?? "" });
  }
  document.addEventListener("dh:toast", (event) => {
    say((event as CustomEvent<Toast>).detail);
  });
  for (const failure of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
    document.addEventListener(failure, (event) => {
      if (!saidBefore(event)) say({ text: list.dataset["failed"] ?? "", tone: "bad" });
    });
  }
  document.addEventListener("htmx:beforeSwap", (event) => {
    const detail = (event as CustomEvent<{ xhr: XMLHttpRequest; shouldSwap: boolean }>).detail;
    if (!isSignIn(detail.xhr.responseText)) return;
    detail.shouldSwap = false;
    say({ text: list.dataset["signedOut"] ?? "", tone: "bad" });
  });
}

/** How long a toast stays, in milliseconds: long enough to read it and to reach for Undo. */
export function lasts({ text, undo, tone }: Toast): number {
  return 4000 + 50 * Math.min(text.length, 120) + (undo ? 4000 : 0) + (tone === "bad" ? 4000 : 0);
}

/** The session is over: instead of what was asked for the sign-in came. */
export function isSignIn(html: string): boolean {
  return /<form[^>]*\sdata-sign-in[\s>]/.test(html);
}

function saidBefore(event: Event): boolean {
  const { xhr } = (event as CustomEvent<{ xhr?: XMLHttpRequest }>).detail;
  return xhr?.getResponseHeader("HX-Trigger")?.includes("dh:toast") ?? false;
}

function add(list: HTMLElement, model: HTMLTemplateElement, toast: Toast): void {
  const shown = (model.content.cloneNode(true) as DocumentFragment).firstElementChild as HTMLElement;
  shown.classList.toggle("bad", toast.tone === "bad");
  const text = shown.querySelector("[data-text]");
  if (text) text.textContent = toast.text;
  list.append(shown);
  while (list.childElementCount > MOST) list.firstElementChild?.remove();
  manage(shown, toast);
  raise(list);
}

/** Above a pop-up that is open, which is above all else. */
function raise(list: HTMLElement): void {
  if (!document.querySelector("dialog[open]")) return;
  list.popover = "manual";
  list.hidePopover();
  list.showPopover();
}

function manage(shown: HTMLElement, toast: Toast): void {
  const remove = (): void => {
    shown.remove();
  };
  const undo = shown.querySelector<HTMLElement>("[data-undo]");
  if (undo) undo.hidden = !toast.undo;
  undo?.addEventListener("click", () => {
    remove();
    if (toast.undo) void window.htmx.ajax("post", toast.undo, { source: document.body, swap: "none" });
  });
  shown.querySelector("[data-dismiss]")?.addEventListener("click", remove);
  let timer = setTimeout(remove, lasts({ ...toast, text: toast.text || shown.textContent }));
  const hold = (): void => {
    clearTimeout(timer);
  };
  const release = (): void => {
    timer = setTimeout(remove, 3000);
  };
  shown.addEventListener("mouseenter", hold);
  shown.addEventListener("mouseleave", release);
  shown.addEventListener("focusin", hold);
  shown.addEventListener("focusout", release);
}
