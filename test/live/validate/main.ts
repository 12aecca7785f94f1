/** `npm run test:validate`: the pinned SPIRE accepts what is written for every plugin, for agents, and for telemetry, and runs with what it reads from AWS. `--missing` says whether it has to be built first. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeTrialCa } from '../../trial-ca';
import { NoEmulator } from '../emulated/moto';
import { proveAws } from '../emulated/prove-aws';
import { buildFamily, isBuilt } from '../programs/build';
import { versionOf } from '../programs/programs';
import { proveAgents } from './prove-agents';
import { type Finding, provePlugins } from './prove-plugins';
import { proveTelemetry } from './prove-telemetry';

async function main(): Promise<number> {
  if (process.argv.includes('--missing')) {
    console.log(`${(await isBuilt('spire')) ? 0 : 1} of 1`);
    return 0;
  }
  const programs = await spirePrograms();
  if (programs === undefined) return 0;
  const folder = mkdtempSync(join(tmpdir(), 'validate-'));
  try {
    const { root } = await makeTrialCa('east.test', new Date());
    const { accepted, refused, findings: ofPlugins } = await provePlugins(join(programs, 'spire-server'), folder, root);
    const agents = await proveAgents(join(programs, 'spire-agent'), folder, root);
    const telemetry = await proveTelemetry(programs, folder, root);
    const aws = await tryProveAws(programs, folder);
    const findings = [...ofPlugins, ...agents.findings, ...telemetry.findings, ...aws.findings];
    for (const [member, count] of accepted) console.log(`accepted: ${member}, ${count} configurations`);
    console.log(`reach their plugin: ${[...refused].sort().join(', ')}`);
    console.log(`accepted: agent, ${agents.accepted} configurations; read: ${[...agents.refused].sort().join(', ')}`);
    console.log(
      `accepted: telemetry, ${telemetry.accepted} configurations; read: ${[...telemetry.refused].sort().join(', ')}`,
    );
    if (aws.seen !== undefined) console.log(`AWS: ${aws.seen}`);
    for (const { member, settings, reason } of findings) console.error(`FAILED ${member} ${settings}\n  ${reason}`);
    console.log(`SPIRE ${versionOf('spire')}: ${findings.length === 0 ? 'passed' : `${findings.length} failed`}`);
    return findings.length === 0 ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function tryProveAws(
  programs: string,
  folder: string,
): Promise<{ readonly seen?: string; readonly findings: readonly Finding[] }> {
  try {
    return { seen: `emulated; ${await proveAws(programs, folder)}`, findings: [] };
  } catch (error) {
    if (error instanceof NoEmulator) return { seen: `skipped: ${error.message}`, findings: [] };
    return { findings: [{ member: 'AWS', settings: 'emulated', reason: String(error) }] };
  }
}

/** Folder of the programs, or undefined after a line that says why it cannot be had. */
async function spirePrograms(): Promise<string | undefined> {
  try {
    return await buildFamily('spire', console.log);
  } catch (error) {
    const [reason = ''] = String(error instanceof Error ? error.message : error).split('\n');
    console.log(`skipped: SPIRE cannot be built here: ${reason}`);
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
