/** A temporary folder for measurements: a fleet, its roots and its output. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { makeRoot } from '../lib/trial-pki/trial-pki';
import { benchFleet, type Shape } from './fleets';
import { type Run, runNode } from './run';

const ROOT = join(__dirname, '..');

/** A run of the synthesis, and its summary of the output. */
export interface SynthRun extends Run {
  readonly objects: number;
}

export interface TreeSize {
  readonly files: number;
  readonly bytes: number;
}

export class Workplace {
  private constructor(
    readonly folder: string,
    readonly shape: Shape,
    readonly clusters: number,
  ) {}

  static async of(shape: Shape, clusters: number): Promise<Workplace> {
    const place = new Workplace(mkdtempSync(join(tmpdir(), 'cdk8s-spire-bench-')), shape, clusters);
    mkdirSync(join(place.folder, 'trust'));
    for (const trustDomain of benchFleet(shape, clusters).trustDomains) {
      const root = await makeRoot({ trustDomain, now: new Date(), years: 1 });
      writeFileSync(join(place.folder, 'trust', `${trustDomain}.pem`), root.certificate);
    }
    place.writeFleet();
    return place;
  }

  get output(): string {
    return join(this.folder, 'dist');
  }

  /** @param changed how many clusters differ from the first version of the fleet */
  writeFleet(changed = 0): void {
    writeFileSync(join(this.folder, 'fleet.yaml'), benchFleet(this.shape, this.clusters, changed).text);
  }

  /** Removes the output. */
  clear(): void {
    for (const name of ['dist', '.cdk8s-output']) {
      rmSync(join(this.folder, name), { recursive: true, force: true });
    }
  }

  /**
   * Runs the app that `cdk8s synth` starts, in a new process.
   * @param nodeOptions options in addition to those in cdk8s.yaml
   */
  synth(nodeOptions: readonly string[] = []): SynthRun {
    const measured = runNode([...nodeOptions, ...APP], { cwd: this.folder });
    return { ...measured, objects: Number(/(\d+) objects/.exec(measured.stderr)?.[1] ?? 0) };
  }

  treeSize(folder = this.output): TreeSize {
    const sizes = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => statSync(join(entry.parentPath, entry.name)).size);
    return { files: sizes.length, bytes: sizes.reduce((total, size) => total + size, 0) };
  }

  remove(): void {
    if (existsSync(this.folder)) rmSync(this.folder, { recursive: true });
  }
}

/** How Node runs the sources of a checkout. */
export const TYPESCRIPT = ['--require', join(ROOT, 'bin/typescript.js')] as const;

/** The command of the app in cdk8s.yaml, with absolute paths. */
const APP = cdk8sApp();

function cdk8sApp(): readonly string[] {
  const { app } = parse(readFileSync(join(ROOT, 'cdk8s.yaml'), 'utf8')) as { readonly app: string };
  const [program, ...words] = app.split(' ');
  if (program !== 'node') throw new Error(`cdk8s.yaml starts ${program}`);
  return words.map((word) => (word.startsWith('-') ? word : join(ROOT, word)));
}
