/** Makes and removes the control group below which a cluster's kubelet puts its pods, in version 1 and version 2 of the hierarchy. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { waitFor } from './wait';

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

/** Removes a group and all below it; waits for the last of the killed processes, and throws where one stays. */
export async function removeControlGroups(name: string): Promise<void> {
  await waitFor(
    `end of the processes in control group ${name}`,
    async () => {
      for (const hierarchy of hierarchies()) removeGroup(join(hierarchy, name));
    },
    { timeout: 10, interval: 0.2 },
  );
}

function removeGroup(group: string): void {
  if (!existsSync(group)) return;
  for (const entry of readdirSync(group, { withFileTypes: true })) {
    if (entry.isDirectory()) removeGroup(join(group, entry.name));
  }
  rmdirSync(group);
}

function hierarchies(): readonly string[] {
  if (existsSync(join(ROOT, 'cgroup.controllers'))) return [ROOT];
  return readdirSync(ROOT, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(ROOT, entry.name));
}
