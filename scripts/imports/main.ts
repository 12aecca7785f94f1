/** The command that regenerates imports/, or with --check verifies that nobody edited it. */

import { join } from 'node:path';
import { checkFiles } from './check-files';
import { generateFiles } from './generate';
import { writeFiles } from './write-files';

const folder = join(__dirname, '..', '..', 'imports');

function main(argv: readonly string[]): number {
  const unknown = argv.find((argument) => argument !== '--check');
  if (unknown !== undefined) {
    console.error(`error: "${unknown}" is not an option, the only one is --check`);
    return 2;
  }
  if (argv.includes('--check')) return check();
  writeFiles(folder, generateFiles());
  return 0;
}

function check(): number {
  const faults = checkFiles(folder);
  for (const fault of faults) console.error(`error: imports/${fault}`);
  if (faults.length > 0) console.error('hint: regenerate imports/ with npm run imports, and commit it');
  return faults.length > 0 ? 1 : 0;
}

process.exitCode = main(process.argv.slice(2));
