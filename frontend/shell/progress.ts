/** What takes longer than a moment shows that it works. */

const A_MOMENT = 300;

export function watchProgress(): void {
  const shown = document.querySelector<HTMLElement>("#dh-progress");
  if (!shown) return;
  const show = counted((working) => {
    shown.hidden = !working;
  }, A_MOMENT);
  document.addEventListener("htmx:beforeRequest", show.begin);
  document.addEventListener("htmx:afterRequest", show.end);
}

/** Tells `change` that something works once it has worked for `delay` milliseconds, and when the last of it is done. */
export function counted(change: (working: boolean) => void, delay: number): { begin: () => void; end: () => void } {
  let running = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    begin: () => {
      running += 1;
      if (running === 1) {
        timer = setTimeout(() => {
          change(true);
        }, delay);
      }
    },
    end: () => {
      running = Math.max(0, running - 1);
      if (running) return;
      clearTimeout(timer);
      change(false);
    },
  };
}
