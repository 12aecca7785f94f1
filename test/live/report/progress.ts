/** Prints what the run is doing, with the seconds since its start. */

export class Progress {
  private readonly start = Date.now();
  private readonly finished: { readonly name: string; readonly seconds: number }[] = [];

  /** Stretches of the run so far. */
  get phases(): readonly { readonly name: string; readonly seconds: number }[] {
    return this.finished;
  }

  readonly say = (line: string): void => {
    const seconds = Math.round((Date.now() - this.start) / 1000);
    console.log(`[${String(seconds).padStart(4)} s] ${line}`);
  };

  async phase<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
    this.say(`== ${name}`);
    const start = Date.now();
    try {
      return await work();
    } finally {
      this.finished.push({ name, seconds: (Date.now() - start) / 1000 });
    }
  }
}
