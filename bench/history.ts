/** Appends the ratios of every complete run as one line of JSON, so that slow changes become visible. */
import { execFileSync } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import type { Ratio } from './ratio';

export const HISTORY_FILE = join(__dirname, 'history.jsonl');

export function remember(ratios: readonly Ratio[], clock: string): void {
  const commit = execFileSync('git', ['describe', '--always', '--dirty'], { cwd: __dirname, encoding: 'utf8' }).trim();
  const entry = {
    date: new Date().toISOString(),
    commit,
    clock,
    node: process.version,
    cpus: cpus().length,
    ratios: Object.fromEntries(ratios.map(({ name, value }) => [name, Number(value.toFixed(3))])),
  };
  appendFileSync(HISTORY_FILE, `${JSON.stringify(entry)}\n`);
}
