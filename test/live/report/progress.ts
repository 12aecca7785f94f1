/** Prints what the run is doing, with the seconds since its start, and keeps how long each stretch took. */
import type { Phase } from './report';

export class Progress {
  private readonly start = Date.now();
  private readonly finished: Phase[] = [];

  /** Stretches of the run so far, in their order. */
  get phases(): readonly Phase[] {
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
