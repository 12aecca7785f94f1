/** Gives a run its folder, and removes what an earlier run left that was killed too hard to clean up. */
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { removeControlGroups } from './control-groups';

/** On disk, not in memory: containerd unpacks images here. */
const PARENT = '/var/tmp';
const PREFIX = 'cdk8s-spire-live-';

/** Makes a folder that carries the id of this process. */
export function makeStateFolder(): string {
  for (const name of readdirSync(PARENT).filter((entry) => entry.startsWith(PREFIX))) {
    const owner = name.slice(PREFIX.length);
    if (!existsSync(join('/proc', owner))) removeStateFolder(join(PARENT, name));
  }
  const folder = join(PARENT, `${PREFIX}${process.pid}`);
  mkdirSync(folder, { mode: 0o755 });
  return folder;
}

/** Removes the folder and the control groups of its clusters; nothing of them may be running any more. */
export function removeStateFolder(folder: string): void {
  for (const group of controlGroupsOf(folder)) removeControlGroups(group);
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
