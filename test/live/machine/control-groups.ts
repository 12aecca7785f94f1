/** Makes and removes the control group below which a cluster's kubelet puts its pods, in version 1 and version 2 of the hierarchy. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = '/sys/fs/cgroup';

export function makeControlGroups(name: string): void {
  for (const hierarchy of hierarchies()) {
    const group = join(hierarchy, name);
    mkdirSync(group, { recursive: true });
    // A new group of this controller is empty, and takes no process until it has been given something.
    for (const file of ['cpuset.cpus', 'cpuset.mems']) {
      const own = join(group, file);
      if (existsSync(own) && hierarchy !== ROOT) writeFileSync(own, readFileSync(join(hierarchy, file)));
    }
  }
}

/** Removes a group and all below it, as far as no process is left in them. */
export function removeControlGroups(name: string): void {
  for (const hierarchy of hierarchies()) removeGroup(join(hierarchy, name));
}

function removeGroup(group: string): void {
  if (!existsSync(group)) return;
  for (const entry of readdirSync(group, { withFileTypes: true })) {
    if (entry.isDirectory()) removeGroup(join(group, entry.name));
  }
  try {
    rmdirSync(group);
  } catch (error) {
    // A process that has not ended yet; the next run tries again.
    if ((error as NodeJS.ErrnoException).code !== 'EBUSY') throw error;
  }
}

function hierarchies(): readonly string[] {
  if (existsSync(join(ROOT, 'cgroup.controllers'))) return [ROOT];
  return readdirSync(ROOT, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(ROOT, entry.name));
}
