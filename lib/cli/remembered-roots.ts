/** Remembers which roots have been seen to sign themselves: to verify that is half of loading a large fleet, and no root ever changes. */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { VerifiedRoots } from '../model/root-certificates';
import type { Environment } from './environment';

/** What is kept. */
interface Memory {
  readonly fingerprints: readonly string[];
  /** Of the fingerprints, and of what verified them. */
  readonly digest: string;
}

/** A memory that can be lost, but not mistaken: a fingerprint is that of all bytes of a certificate, and one that is damaged is of none. */
export class RememberedRoots implements VerifiedRoots {
  private readonly known: ReadonlySet<string>;
  /** What this run came across; the rest is forgotten. */
  private readonly met = new Set<string>();

  constructor(private readonly memory: NonNullable<Environment['memory']>) {
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

  /** A memory that cannot be kept is none. */
  save(): void {
    if ([...this.met].every((fingerprint) => this.known.has(fingerprint))) return;
    const fingerprints = [...this.met].sort();
    const memory: Memory = { fingerprints, digest: this.digestOf(fingerprints) };
    try {
      mkdirSync(this.memory.folder, { recursive: true });
      writeFileSync(`${this.file}.partial`, JSON.stringify(memory));
      renameSync(`${this.file}.partial`, this.file);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    }
  }

  private read(): readonly string[] {
    try {
      const { fingerprints, digest } = JSON.parse(readFileSync(this.file, 'utf8')) as Memory;
      return digest === this.digestOf(fingerprints) ? fingerprints : [];
    } catch {
      return [];
    }
  }

  private get file(): string {
    return join(this.memory.folder, 'verified-roots.json');
  }

  private digestOf(fingerprints: readonly string[]): string {
    return createHash('sha256')
      .update(JSON.stringify([this.memory.runtime, fingerprints]))
      .digest('base64url');
  }
}
