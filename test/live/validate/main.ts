/** `npm run test:validate`: the pinned SPIRE accepts what is written for every plugin. `--missing` says whether it has to be built first. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeTrialCa } from '../../trial-ca';
import { buildFamily, isBuilt } from '../programs/build';
import { versionOf } from '../programs/programs';
import { provePlugins } from './prove-plugins';

async function main(): Promise<number> {
  if (process.argv.includes('--missing')) {
    console.log(`${(await isBuilt('spire')) ? 0 : 1} of 1`);
    return 0;
  }
  const program = await spireServer();
  if (program === undefined) return 0;
  const folder = mkdtempSync(join(tmpdir(), 'validate-'));
  try {
    const { root } = await makeTrialCa('east.test', new Date());
    const { accepted, refused, findings } = await provePlugins(program, folder, root);
    for (const [member, count] of accepted) console.log(`accepted: ${member}, ${count} configurations`);
    console.log(`reach their plugin: ${[...refused].sort().join(', ')}`);
    for (const { member, settings, reason } of findings) console.error(`FAILED ${member} ${settings}\n  ${reason}`);
    console.log(`SPIRE ${versionOf('spire')}: ${findings.length === 0 ? 'passed' : `${findings.length} failed`}`);
    return findings.length === 0 ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Path of the program, or undefined after a line that says why it cannot be had. */
async function spireServer(): Promise<string | undefined> {
  try {
    return join(await buildFamily('spire', console.log), 'spire-server');
  } catch (error) {
    const [reason = ''] = String(error instanceof Error ? error.message : error).split('\n');
    console.log(`skipped: spire-server cannot be built here: ${reason}`);
    return undefined;
  }
}

main().then(
  (code) => process.exit(code),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
