/**
 * Measures fleets that grow with their workloads, ten clusters in one mesh:
 * - the time for each object, in relation to an object of a hub with spokes,
 * - the growth of the time of commands, in relation to the growth of objects.
 */
import { join } from 'node:path';
import { commitOutput } from './commit-output';
import { atMost, type Ratio } from './ratio';
import { runNode } from './run';
import { Workplace } from './workplace';

const PROGRAM = join(__dirname, '..', 'bin', 'cdk8s-spire.js');

/** Workloads in each cluster. */
const SIZES = [20, 100, 400];

/** A hub with this many clusters has about as many objects as the smallest measured fleet of workloads. */
const HUB_CLUSTERS = 100;
const COMPARED_FROM = 100;

/** Nothing has changed since the output was committed. */
const COMMANDS: Readonly<Record<string, readonly string[]>> = {
  check: ['check'],
  explain: ['explain', 'app-0-0', 'app-1-0'],
  graph: ['graph', '--format', 'dot'],
  diff: ['diff'],
};

interface Measured {
  readonly perCluster: number;
  readonly objects: number;
  /** Seconds of a whole synthesis, for each object. */
  readonly cost: number;
  /** Seconds of each command. */
  readonly commands: ReadonlyMap<string, number>;
}

export async function measureWorkloads(rounds: number): Promise<readonly Ratio[]> {
  const hub = await hubCost(rounds);
  const sizes: Measured[] = [];
  for (const perCluster of SIZES) sizes.push(await measure(perCluster, rounds));
  for (const { perCluster, objects, cost, commands } of sizes) {
    const times = [...commands].map(([name, seconds]) => `${name} ${seconds.toFixed(2)} s`).join(', ');
    console.log(`${perCluster} workloads a cluster: ${objects} objects, ${(cost * 1000).toFixed(3)} ms each; ${times}`);
  }
  const costs = sizes
    .filter(({ perCluster }) => perCluster >= COMPARED_FROM)
    .map(({ perCluster, cost }) =>
      atMost(1.5, `cost of an object, ${perCluster} workloads a cluster, by that of a hub`, cost / hub),
    );
  return [...costs, ...sizes.slice(1).flatMap((size, index) => growth(sizes[index] ?? size, size))];
}

function growth(before: Measured, after: Measured): readonly Ratio[] {
  const objects = after.objects / before.objects;
  return [...after.commands].map(([name, seconds]) =>
    atMost(
      1.2,
      `growth of ${name}, ${before.perCluster} to ${after.perCluster} workloads a cluster, by growth of objects`,
      seconds / (before.commands.get(name) ?? seconds) / objects,
    ),
  );
}

async function hubCost(rounds: number): Promise<number> {
  const place = await Workplace.of('hub', HUB_CLUSTERS);
  try {
    return leastCost(place, rounds).cost;
  } finally {
    place.remove();
  }
}

async function measure(perCluster: number, rounds: number): Promise<Measured> {
  const place = await Workplace.of('workloads', perCluster);
  try {
    const synthesis = leastCost(place, rounds);
    commitOutput(place);
    const commands = new Map<string, number>();
    for (let round = 0; round < rounds; round++) {
      for (const [name, args] of Object.entries(COMMANDS)) {
        const { seconds } = runNode([PROGRAM, ...args], { cwd: place.folder });
        commands.set(name, Math.min(commands.get(name) ?? Infinity, seconds));
      }
    }
    return { perCluster, ...synthesis, commands };
  } finally {
    place.remove();
  }
}

function leastCost(place: Workplace, rounds: number): Pick<Measured, 'objects' | 'cost'> {
  const runs = Array.from({ length: rounds }, () => {
    place.clear();
    return place.synth();
  });
  const objects = runs[0]?.objects ?? 0;
  return { objects, cost: Math.min(...runs.map(({ seconds }) => seconds)) / objects };
}
