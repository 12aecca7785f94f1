/** The command that regenerates imports/; --newest renews the pins before, --check verifies that nobody edited it. */

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { checkFiles } from './check-files';
import { generateFiles } from './generate';
import { readPins, writePins } from './pins';
import { changedPins, renewPins } from './renew-pins';
import { writeFiles } from './write-files';

const folder = join(__dirname, '..', '..', 'imports');
const OPTIONS = ['--check', '--newest'];

function main(argv: readonly string[]): number {
  const unknown = argv.find((argument) => !OPTIONS.includes(argument));
  if (unknown !== undefined || argv.length > 1) {
    console.error(`error: write one of ${OPTIONS.join(' and ')}, or nothing`);
    return 2;
  }
  if (argv.includes('--check')) return check();
  if (argv.includes('--newest')) return renew();
  writeFiles(folder, generateFiles());
  return 0;
}

function check(): number {
  const faults = checkFiles(folder);
  for (const fault of faults) console.error(`error: imports/${fault}`);
  if (faults.length > 0) console.error('hint: regenerate imports/ with npm run imports, and commit it');
  return faults.length > 0 ? 1 : 0;
}

/** Takes the old pins back where nothing can be made of the new ones. */
function renew(): number {
  const before = readPins();
  const after = renewPins(before);
  writePins(after);
  // A process of its own: this one has read the old pins already.
  const { status } = spawnSync(process.execPath, [...process.execArgv, __filename], { stdio: 'inherit' });
  if (status !== 0) {
    writePins(before);
    return 1;
  }
  for (const change of changedPins(before, after)) console.log(change);
  console.log('What pods run, and the defaults of a fleet, are in lib/model/versions.ts and lib/fleet/defaults.ts:');
  console.log('raise them when npm run test:live has shown that they work.');
  return 0;
}

process.exitCode = main(process.argv.slice(2));
