/** The ledger imports/sources.json: which module file each generated file comes from, and the checksums of both. */

import { createHash } from 'node:crypto';

export const sourcesPath = 'sources.json';

/** A file of a pinned module, with its checksum as it was read. */
export interface Origin {
  readonly module: string;
  readonly version: string;
  readonly path: string;
  readonly sha256: string;
}

/** A file to write; its path is relative to imports/. */
export interface GeneratedFile {
  readonly path: string;
  readonly text: string;
  readonly origins: readonly Origin[];
}

export interface SourceEntry {
  readonly file: string;
  readonly sha256: string;
  readonly origins: readonly Origin[];
}

export function sha256(text: string | Buffer): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Renders the ledger; entries and their origins are sorted, so it does not depend on the order of generation. */
export function renderSources(files: readonly GeneratedFile[]): string {
  const entries = files.map((file) => ({ file: file.path, sha256: sha256(file.text), origins: uniqueOrigins(file) }));
  entries.sort((a, b) => compare(a.file, b.file));
  return `${JSON.stringify(entries, null, 2)}\n`;
}

function uniqueOrigins({ origins }: GeneratedFile): readonly Origin[] {
  const byKey = new Map(origins.map((origin) => [`${origin.module}@${origin.version}/${origin.path}`, origin]));
  return [...byKey].sort(([a], [b]) => compare(a, b)).map(([, origin]) => origin);
}

/** Compares by code unit: the order must not depend on the locale of the machine. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
