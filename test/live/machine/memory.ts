/** Watches how much memory a run takes. */
import { readFileSync } from 'node:fs';

/** Between samples, in milliseconds. */
const PERIOD = 1000;

export class MemoryWatch {
  private peak = 0;
  private readonly before = usedMegabytes();
  private readonly timer = setInterval(() => {
    this.peak = Math.max(this.peak, usedMegabytes() - this.before);
  }, PERIOD).unref();

  /** Most that was in use beyond what was in use before, in MB; caches that the kernel can drop do not count. */
  stop(): number {
    clearInterval(this.timer);
    return this.peak;
  }
}

function usedMegabytes(): number {
  const text = readFileSync('/proc/meminfo', 'utf8');
  const kilobytes = (key: string): number => Number(new RegExp(`^${key}:\\s+(\\d+)`, 'm').exec(text)?.[1] ?? 0);
  return Math.round((kilobytes('MemTotal') - kilobytes('MemAvailable')) / 1024);
}
