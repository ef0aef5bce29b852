/** Collects a burst and hands it over once: after `quiet` ms of silence, but never later than `longest` ms. */
export class Coalescer<Item> {
  private collected = new Set<Item>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private since = 0;

  constructor(
    private readonly handOver: (items: ReadonlySet<Item>) => void,
    private readonly quiet: number,
    private readonly longest: number,
  ) {}

  add(item: Item): void {
    if (!this.collected.size) this.since = Date.now();
    this.collected.add(item);
    clearTimeout(this.timer);
    const left = this.longest - (Date.now() - this.since);
    this.timer = setTimeout(
      () => {
        this.flush();
      },
      Math.max(0, Math.min(this.quiet, left)),
    );
  }

  private flush(): void {
    const items = this.collected;
    this.collected = new Set();
    this.handOver(items);
  }
}
