/** Remembers which roots have been seen to sign themselves: to verify that is half of loading a large fleet, and no root ever changes. */
import { createHash, type X509Certificate } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { keepFile } from '../disk/keep-file';
import { readTextFile } from '../disk/read-file';
import type { VerifiedRoots } from '../model/trust/root-certificates';
import type { Environment } from './environment';

const FILE = 'verified-roots.json';

/** What is kept. */
interface Kept {
  readonly fingerprints: readonly string[];
  /** Of the fingerprints, and of what verified them. */
  readonly digest: string;
}

/** Of more, the latest are kept. */
const MOST = 20_000;

/** Of so many fingerprints, several times over. */
const MAX_BYTES = 16 * 1024 * 1024;

/** A memory that can be lost, but not mistaken: a fingerprint is that of all bytes of a certificate, and one that is damaged is of none. */
export class RememberedRoots implements VerifiedRoots {
  /** Of every fleet of the folder, in the order in which they were verified. */
  private readonly fingerprints: Set<string>;
  private isChanged = false;
  /** None is kept by itself: a certificate outweighs its text many times. */
  private certificates?: Map<string, X509Certificate>;

  /** @param memory @default - nothing is remembered beyond this run */
  constructor(private readonly memory?: Environment['memory']) {
    this.fingerprints = new Set(this.read());
  }

  has(fingerprint: string): boolean {
    return this.fingerprints.has(fingerprint);
  }

  add(fingerprint: string): void {
    this.fingerprints.add(fingerprint);
    this.isChanged = true;
  }

  get decoded(): Map<string, X509Certificate> | undefined {
    return this.certificates;
  }

  /** From here on, for who reads two fleets, which name much the same roots. */
  keepDecoded(): void {
    this.certificates ??= new Map();
  }

  save(): void {
    if (this.memory === undefined || !this.isChanged) return;
    const fingerprints = [...this.fingerprints].slice(-MOST);
    const kept: Kept = { fingerprints, digest: this.digestOf(fingerprints) };
    keepFile(join(this.memory.folder, FILE), process.pid, (partial) => writeFileSync(partial, JSON.stringify(kept)));
  }

  private read(): readonly string[] {
    if (this.memory === undefined) return [];
    const read = readTextFile(join(this.memory.folder, FILE), MAX_BYTES);
    if (!('text' in read)) return [];
    try {
      const { fingerprints, digest } = JSON.parse(read.text) as Kept;
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
