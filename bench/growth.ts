/** Measures whole syntheses of growing fleets: first, again, and after a change of one cluster, in relation to the floor. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Shape } from './fleets';
import { atMost, type Ratio } from './ratio';
import { clock, runNode } from './run';
import { TYPESCRIPT, Workplace } from './workplace';

export interface Size {
  readonly shape: Shape;
  readonly clusters: number;
  readonly objects: number;
  readonly files: number;
  readonly bytes: number;
  /** Seconds: the lowest value of all rounds. */
  readonly full: number;
  readonly again: number;
  readonly oneChanged: number;
  readonly floor: number;
  /** Peak memory of a full synthesis: the lowest value of all rounds. */
  readonly megabytes: number;
}

/** Each round measures both sides of a comparison, so that other load on the machine affects both. */
export async function measureSize(shape: Shape, clusters: number, rounds: number): Promise<Size> {
  const place = await Workplace.of(shape, clusters);
  try {
    const all = Array.from({ length: rounds }, () => measureRound(place));
    const least = (pick: (round: Round) => number): number => Math.min(...all.map(pick));
    return {
      shape,
      clusters,
      objects: all[0]?.objects ?? 0,
      ...place.treeSize(),
      full: least(({ full }) => full),
      again: least(({ again }) => again),
      oneChanged: least(({ oneChanged }) => oneChanged),
      floor: least(({ floor }) => floor),
      megabytes: least(({ megabytes }) => megabytes),
    };
  } finally {
    place.remove();
  }
}

type Round = Pick<Size, 'objects' | 'full' | 'again' | 'oneChanged' | 'floor' | 'megabytes'>;

function measureRound(place: Workplace): Round {
  place.clear();
  place.writeFleet();
  const full = place.synth();
  const floor = measureFloor(place);
  const again = place.synth();
  if (!again.stderr.includes(': 0 files written')) throw new Error(`not unchanged: ${again.stderr}`);
  place.writeFleet(1);
  const oneChanged = place.synth();
  return {
    objects: full.objects,
    full: full.seconds,
    again: again.seconds,
    oneChanged: oneChanged.seconds,
    floor,
    megabytes: full.megabytes,
  };
}

/** The floor: load Node and cdk8s, convert all objects to JSON, and write the same files. */
function measureFloor({ folder }: Workplace): number {
  const loading = runNode(['-e', `require(${JSON.stringify(require.resolve('cdk8s'))})`]).seconds;
  const working = Number(runNode([...TYPESCRIPT, join(__dirname, 'floor.ts'), folder, clock.reads]).stdout);
  rmSync(join(folder, 'floor'), { recursive: true });
  return loading + working;
}

export function showSizes(sizes: readonly Size[]): string {
  const rows = sizes.map((size) =>
    [
      size.shape.padEnd(5),
      ...[size.clusters, size.objects, size.files, size.bytes].map((count) => String(count).padStart(10)),
      ...[size.floor, size.full, size.again, size.oneChanged].map((seconds) => seconds.toFixed(2).padStart(9)),
      size.megabytes.toFixed(0).padStart(9),
      ((size.full * 1000) / size.objects).toFixed(3).padStart(10),
    ].join(' '),
  );
  const head =
    'shape   clusters    objects      files      bytes   floor s    full s   again s     one s   peak MB  ms/object';
  return [head, ...rows].join('\n');
}

/** In smaller fleets, starting Node and loading code take most of the time. */
const PROMISED_FROM = 1000;

/** The limits for a hub with spokes, from the smallest size to the largest. */
export function growthRatios(sizes: readonly Size[]): readonly Ratio[] {
  const steps = sizes.slice(1).flatMap((size, index) => {
    const before = sizes[index] ?? size;
    const objects = size.objects / before.objects;
    const from = `${before.clusters} to ${size.clusters} clusters, by growth of objects`;
    return [
      atMost(1.1, `growth of time, ${from}`, size.full / before.full / objects),
      atMost(1.1, `growth of bytes, ${from}`, size.bytes / before.bytes / objects),
      atMost(
        2.5,
        `peak memory at ${size.clusters} clusters, by that at ${sizes[0]?.clusters}`,
        size.megabytes / (sizes[0]?.megabytes ?? 1),
      ),
    ];
  });
  const each = sizes
    .filter(({ clusters }) => clusters >= PROMISED_FROM)
    .flatMap((size) => [atMost(8, `full synth by floor, ${size.clusters} clusters`, size.full / size.floor)]);
  return [...each, ...steps];
}
