/** Runs the synthesis as a person does: as a process of its own, in the folder of the fleet. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const PROGRAM = join(__dirname, '..', '..', '..', 'bin', 'cdk8s-spire.js');

/** @param folder holds fleet.yaml and trust/, and gets dist/ */
export function synthesize(folder: string): void {
  const { status, stderr } = spawnSync(process.execPath, [PROGRAM, 'synth'], { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(`synthesis failed: ${stderr}`);
}
