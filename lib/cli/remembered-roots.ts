/** Remembers which roots have been seen to sign themselves: to verify that is half of loading a large fleet, and no root ever changes. */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { VerifiedRoots } from '../model/root-certificates';
import type { Environment } from './environment';

const FILE = 'verified-roots.json';

/** What is kept. */
interface Kept {
  readonly fingerprints: readonly string[];
  /** Of the fingerprints, and of what verified them. */
  readonly digest: string;
}

/** Of more, only those of the last fleet are kept. */
const MOST = 20_000;

/** A memory that can be lost, but not mistaken: a fingerprint is that of all bytes of a certificate, and one that is damaged is of none. */
export class RememberedRoots implements VerifiedRoots {
  private readonly known: ReadonlySet<string>;
  /** What this run came across. */
  private readonly met = new Set<string>();

  /** @param memory @default - nothing is remembered beyond this run */
  constructor(private readonly memory?: Environment['memory']) {
    this.known = new Set(this.read());
  }

  has(fingerprint: string): boolean {
    const isKnown = this.known.has(fingerprint);
    if (isKnown) this.met.add(fingerprint);
    return isKnown || this.met.has(fingerprint);
  }

  add(fingerprint: string): void {
    this.met.add(fingerprint);
  }

  /** Keeps what any fleet of the folder needed. A memory that cannot be kept is none. */
  save(): void {
    if (this.memory === undefined || [...this.met].every((fingerprint) => this.known.has(fingerprint))) return;
    const all = new Set([...this.known, ...this.met]);
    const fingerprints = [...(all.size > MOST ? this.met : all)].sort();
    const kept: Kept = { fingerprints, digest: this.digestOf(fingerprints) };
    const { folder } = this.memory;
    const file = join(folder, FILE);
    try {
      mkdirSync(folder, { recursive: true });
      writeFileSync(`${file}.partial`, JSON.stringify(kept));
      renameSync(`${file}.partial`, file);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    }
  }

  private read(): readonly string[] {
    if (this.memory === undefined) return [];
    try {
      const { fingerprints, digest } = JSON.parse(readFileSync(join(this.memory.folder, FILE), 'utf8')) as Kept;
      return digest === this.digestOf(fingerprints) ? fingerprints : [];
    } catch {
      return [];
    }
  }

  private digestOf(fingerprints: readonly string[]): string {
    return createHash('sha256')
      .update(JSON.stringify([this.memory?.runtime, fingerprints]))
      .digest('base64url');
  }
}
