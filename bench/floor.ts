/** A process that does the minimum work of any synthesis: write the bytes of a finished output, and convert its objects to JSON. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { loadFleet } from '../lib/fleet/load';
import { buildCluster } from '../lib/manifests/cluster-app';
import { resolve } from '../lib/model/resolve';

/** Sums up only the time of this work, without the time to parse the objects and to read the bytes. */
class Stopwatch {
  seconds = 0;

  constructor(private readonly now: () => number) {}

  time(work: () => void): void {
    const started = this.now();
    work();
    this.seconds += this.now() - started;
  }
}

const CLOCKS = {
  wall: () => Number(process.hrtime.bigint()) / 1e9,
  cpu: () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  },
};

/** @param folder contains a fleet and its finished dist/; the same bytes are written to its floor/ */
function measure(folder: string, clock: keyof typeof CLOCKS): number {
  const { fleet: written, readTrustFile } = loadFleet('fleet.yaml', folder);
  const fleet = written && resolve(written, { readTrustFile, now: new Date() }).fleet;
  if (fleet === undefined) throw new Error('the fleet of the bench has a fault');
  const watch = new Stopwatch(CLOCKS[clock]);
  for (const cluster of fleet.clusters) {
    const objects = buildCluster(cluster).flatMap((file) => file.objects);
    watch.time(() => {
      for (const object of objects) JSON.stringify(object);
    });
  }
  const paths = readdirSync(join(folder, 'dist'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  for (const path of paths) {
    const bytes = readFileSync(path);
    const target = join(folder, 'floor', path.slice(join(folder, 'dist').length));
    watch.time(() => {
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, bytes);
    });
  }
  return watch.seconds;
}

process.stdout.write(String(measure(process.argv[2] ?? '.', process.argv[3] === 'cpu' ? 'cpu' : 'wall')));
