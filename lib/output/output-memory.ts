/** Remembers which files a cluster's facts led to, so that a run which finds them in place need not make them again. */
import { createHash } from 'node:crypto';
import { closeSync, openSync, writeFileSync } from 'node:fs';
import { keepFile } from '../disk/keep-file';
import { readTextFile } from '../disk/read-file';
import type { InventoriedFile } from '../manifests/inventory';
import type { ResolvedCluster } from '../model/resolved-fleet';

/** What is remembered of one cluster. */
export interface RememberedOutput {
  /** Of everything that the output of the cluster depends on. */
  readonly key: string;
  /** Of all that follows, and of the bytes of the files. */
  readonly digest: string;
  readonly paths: readonly string[];
  readonly inventory: readonly InventoriedFile[];
}

export interface OutputMemoryProps {
  /** Where the memory is kept; it may be missing, damaged, or of somebody else. */
  readonly file: string;
  /** Everything beside its own facts that shapes the output of any cluster: the code, the name of the fleet file. */
  readonly context: string;
  /** Number of this process. */
  readonly pid: number;
}

/**
 * A memory that can be lost, but not mistaken.
 * - It is believed for a cluster only where nothing that enters its output has changed, and the very bytes are in place.
 * - It holds no output: whatever is in it, no byte of it is written anywhere.
 */
export class OutputMemory {
  private readonly remembered: Map<string, RememberedOutput>;
  private isChanged = false;

  constructor(private readonly props: OutputMemoryProps) {
    this.remembered = readMemory(props.file);
  }

  /**
   * What a cluster's output is known to be.
   * @param read the bytes of a file that is in place, or undefined
   * @returns undefined where that is not known, or not what is in place
   */
  find(cluster: ResolvedCluster, read: (path: string) => Buffer | undefined): RememberedOutput | undefined {
    const known = this.remembered.get(cluster.name);
    if (known === undefined || known.key !== this.keyOf(cluster)) return undefined;
    const digest = digestOf(known.paths, known.inventory, read);
    return digest === known.digest ? known : undefined;
  }

  remember(
    cluster: ResolvedCluster,
    files: readonly { readonly path: string; readonly text: string }[],
    inventory: readonly InventoriedFile[],
  ): void {
    const texts = new Map(files.map(({ path, text }) => [path, Buffer.from(text)]));
    const paths = [...texts.keys()];
    const digest = digestOf(paths, inventory, (path) => texts.get(path)) ?? '';
    this.remembered.set(cluster.name, { key: this.keyOf(cluster), digest, paths, inventory });
    this.isChanged = true;
  }

  /** Keeps what was remembered, of these clusters only. */
  save(clusters: readonly { readonly name: string }[]): void {
    if (!this.isChanged) return;
    const names = clusters.map(({ name }) => name);
    keepFile(this.props.file, this.props.pid, (partial) => this.write(partial, names));
  }

  /** JSON with a line for each cluster, written line by line: whole, it is the longest text of a run. */
  private write(file: string, names: readonly string[]): void {
    const opened = openSync(file, 'w');
    try {
      let lead = '{';
      for (const name of names.filter((one) => this.remembered.has(one))) {
        writeFileSync(opened, `${lead}${JSON.stringify(name)}:${JSON.stringify(this.remembered.get(name))}`);
        lead = ',\n';
      }
      writeFileSync(opened, lead === '{' ? '{}' : '}');
    } finally {
      closeSync(opened);
    }
  }

  private keyOf(cluster: ResolvedCluster): string {
    return createHash('sha256')
      .update(this.props.context)
      .update('\0')
      .update(JSON.stringify(cluster))
      .digest('base64url');
  }
}

function digestOf(
  paths: readonly string[],
  inventory: readonly InventoriedFile[],
  read: (path: string) => Buffer | undefined,
): string | undefined {
  const hash = createHash('sha256').update(JSON.stringify([paths, inventory]));
  for (const path of paths) {
    const bytes = read(path);
    if (bytes === undefined) return undefined;
    // With the lengths, no two lists of files are one sequence of bytes.
    hash.update(`\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest('base64url');
}

/** Ten thousand clusters are below. */
const MAX_MEMORY_BYTES = 256 * 1024 * 1024;

/** Empty for what is no memory at all; what is only wrong inside is found out by its digest. */
function readMemory(file: string): Map<string, RememberedOutput> {
  const read = readTextFile(file, MAX_MEMORY_BYTES);
  if (!('text' in read)) return new Map();
  try {
    const content = JSON.parse(read.text) as Readonly<Record<string, RememberedOutput>>;
    return new Map(Object.entries(content).filter(([, remembered]) => isRemembered(remembered)));
  } catch {
    return new Map();
  }
}

function isRemembered(value: Partial<RememberedOutput> | null): boolean {
  return (
    typeof value?.key === 'string' &&
    typeof value.digest === 'string' &&
    Array.isArray(value.inventory) &&
    Array.isArray(value.paths) &&
    value.paths.every((path) => typeof path === 'string')
  );
}
