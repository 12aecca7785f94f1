/** Runs `cdk8s import`, which turns CustomResourceDefinitions into one file of typed classes per API group. */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ReadDefinition } from './read-definitions';
import { renderDefinition } from './render-definition';
import type { GeneratedFile } from './sources';

/** Generates one class per definition, in files named after the API groups. */
export function generateTypedClasses(definitions: readonly ReadDefinition[]): readonly GeneratedFile[] {
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-import-'));
  try {
    // One file for all: each call of the CLI overwrites the classes of a group by what that call was given.
    writeFileSync(join(folder, 'crds.yaml'), definitions.map(({ crd }) => renderDefinition(crd)).join('---\n'));
    runImport(folder);
    return readdirSync(join(folder, 'classes')).map((path) => ({
      path,
      text: readFileSync(join(folder, 'classes', path), 'utf8'),
      origins: definitions.filter(({ crd }) => path === `${crd.spec.group}.ts`).map(({ origin }) => origin),
    }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function runImport(folder: string): void {
  const cli = join(dirname(require.resolve('cdk8s-cli/package.json')), 'bin', 'cdk8s');
  const options = ['--language', 'typescript', '--output', 'classes', '--no-save', '--check-upgrade=false'];
  // In a scratch folder: the CLI reads, and rewrites, a cdk8s.yaml of its working directory.
  const run = spawnSync(process.execPath, [cli, 'import', 'crds.yaml', ...options], { cwd: folder, encoding: 'utf8' });
  if (run.status !== 0) throw new Error(`cdk8s import failed: ${run.stderr}`);
}
