/** Gives a run its folder, and removes what an earlier run left that was killed too hard to clean up. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { removeControlGroups } from './control-groups';

/** On disk, not in memory: containerd unpacks images here. */
const PARENT = '/var/tmp';
const NAME = /^cdk8s-spire-live-(\d+)-(\d+)$/;

/** Makes a folder named after this process, which no other process of this machine will ever be. */
export async function makeStateFolder(): Promise<string> {
  for (const name of readdirSync(PARENT)) {
    const [, pid, start] = NAME.exec(name) ?? [];
    if (pid !== undefined && startOf(pid) !== start) await removeStateFolder(join(PARENT, name));
  }
  const folder = join(PARENT, `cdk8s-spire-live-${process.pid}-${startOf(String(process.pid))}`);
  mkdirSync(folder, { mode: 0o755 });
  return folder;
}

/**
 * Removes the folder and the control groups of its clusters; nothing of them may be running any more.
 * Where a control group stays, the folder does too, so that the next run finds it.
 */
export async function removeStateFolder(folder: string): Promise<void> {
  for (const group of controlGroupsOf(folder)) await removeControlGroups(group);
  rmSync(folder, { recursive: true, force: true });
}

/** Name of the control group of a cluster; noted on disk, so that a later run finds it. */
export function noteControlGroup(folder: string, cluster: string): string {
  const group = `${folder.split('/').at(-1)}-${cluster}`;
  mkdirSync(join(folder, 'control-groups'), { recursive: true });
  writeFileSync(join(folder, 'control-groups', group), '');
  return group;
}

function controlGroupsOf(folder: string): readonly string[] {
  const notes = join(folder, 'control-groups');
  return existsSync(notes) ? readdirSync(notes) : [];
}

/** When a process started, in ticks since the machine did; undefined where there is none. Process ids come again, this pair does not. */
function startOf(pid: string): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name of the program stands in parentheses and may hold blanks; the 20th field behind it is the start.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}
