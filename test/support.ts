/** What several tests need: a fixed clock and fleets as text. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_FLEET, DEFAULT_OUTPUT } from '../lib/problems/commands';

/** All test certificates are judged at this moment. */
export const NOW = new Date('2026-12-01T00:00:00Z');

/** How a private key begins; put together, so that scanners for secrets take no test for one. */
export const privateKeyMark = (kind = ''): string => `-----BEGIN ${kind}${'PRIVATE'} KEY-----`;

/** What looks like a key of age, and is none. */
export const AGE_KEY = `AGE-SECRET-KEY-1${'Q'.repeat(58)}`;

/** A folder that goes with the machine. */
export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'cdk8s-spire-'));
}

/** Writes a fleet file into a folder of its own and returns its path. */
export function fleetFile(text: string, folder = temporaryFolder()): string {
  const file = join(folder, 'fleet.yaml');
  writeFileSync(file, text);
  return file;
}

/** A fleet file and an output folder of the usual names: commands of ours name neither. */
export const DEFAULT_PATHS = { fleet: DEFAULT_FLEET, output: DEFAULT_OUTPUT } as const;
