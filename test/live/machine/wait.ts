/** Waits for something to come true, and says how long that took or what was last seen. */
import { setTimeout as sleep } from 'node:timers/promises';

export interface WaitOptions {
  /** In seconds. */
  readonly timeout: number;
  /** Between attempts, in seconds. @default 1 */
  readonly interval?: number;
}

/** Ends a wait at once: what is waited for can no longer come. */
export class Hopeless extends Error {}

/**
 * Repeats an attempt until it returns without throwing.
 * @param what is waited for, as the subject of a sentence
 * @returns what the attempt returned
 * @throws what the last attempt threw, as the cause, once the time is up; a fault of the code itself at once
 */
export async function waitFor<Result>(
  what: string,
  attempt: () => Promise<Result>,
  { timeout, interval = 1 }: WaitOptions,
): Promise<Result> {
  const end = Date.now() + timeout * 1000;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (error instanceof Hopeless || error instanceof TypeError || error instanceof ReferenceError) throw error;
      if (Date.now() >= end) throw new Error(`${what}: not in ${timeout} s`, { cause: error });
      await sleep(interval * 1000);
    }
  }
}

/** Seconds that a piece of work takes, with one decimal, and its result. */
export async function timed<Result>(work: () => Promise<Result>): Promise<{ seconds: number; result: Result }> {
  const start = Date.now();
  const result = await work();
  return { seconds: Math.round((Date.now() - start) / 100) / 10, result };
}

/** Does nothing for some seconds. */
export function pause(seconds: number): Promise<void> {
  return sleep(seconds * 1000);
}
