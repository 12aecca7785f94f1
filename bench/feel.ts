/** Measures `cdk8s synth` of the walkthrough, in relation to the same command on an empty app. */
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { atMost, type Ratio } from './ratio';
import { run } from './run';

const ROOT = join(__dirname, '..');

/** An app like that of `cdk8s init`, without charts. */
const EMPTY_APP = `const { App } = require('cdk8s'); new App().synth();\n`;

export function measureFeel(rounds: number): readonly Ratio[] {
  const [empty, walkthrough] = [emptyApp(), checkout()];
  try {
    let [ofEmpty, ofOurs] = [Infinity, Infinity];
    for (let round = 0; round < rounds; round++) {
      ofEmpty = Math.min(ofEmpty, cdk8sSynth(empty));
      ofOurs = Math.min(ofOurs, cdk8sSynth(walkthrough));
    }
    console.log(`cdk8s synth of an empty app ${ofEmpty.toFixed(2)} s, of the walkthrough ${ofOurs.toFixed(2)} s`);
    return [atMost(1.5, 'cdk8s synth of the walkthrough by that of an empty app', ofOurs / ofEmpty)];
  } finally {
    rmSync(empty, { recursive: true });
    rmSync(walkthrough, { recursive: true });
  }
}

function temporary(): string {
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-spire-bench-'));
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

function emptyApp(): string {
  const folder = temporary();
  writeFileSync(join(folder, 'cdk8s.yaml'), 'language: typescript\napp: node main.js\n');
  writeFileSync(join(folder, 'main.js'), EMPTY_APP);
  return folder;
}

/** The walkthrough of this repository, in the state of a fresh clone. */
function checkout(): string {
  const folder = temporary();
  for (const name of [
    'bin',
    'cdk8s.yaml',
    'main.ts',
    'fleet.yaml',
    'trust',
    'lib',
    'imports',
    'tsconfig.json',
    'package.json',
  ]) {
    cpSync(join(ROOT, name), join(folder, name), { recursive: true });
  }
  return folder;
}

function cdk8sSynth(cwd: string): number {
  return run(process.execPath, [join(ROOT, 'node_modules/.bin/cdk8s'), 'synth'], {
    cwd,
    // Without this option, the CLI would also query the registry for a newer version.
    env: { CDK8S_CHECK_UPGRADE: 'false' },
    // The CLI fails on an app without manifests, but only after all other work.
    mayFail: true,
  }).seconds;
}
