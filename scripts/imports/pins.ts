/** Reads and writes pins.json: which version of each Go module imports/ is made from. */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Pins {
  /** Versions of k8s.io/kubernetes by their minor, such as `v1.36.4` by `1.36`, oldest first. */
  readonly kubernetes: Readonly<Record<string, string>>;
  /** Versions of all other modules, by their path. */
  readonly modules: Readonly<Record<string, string>>;
}

const FILE = join(__dirname, 'pins.json');

export function readPins(): Pins {
  return JSON.parse(readFileSync(FILE, 'utf8')) as Pins;
}

export function writePins(pins: Pins): void {
  writeFileSync(FILE, `${JSON.stringify(pins, null, 2)}\n`);
}
