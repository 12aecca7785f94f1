/** Measures the synthesis and prints ratios, which depend less on the machine than seconds do. */
import { measureCommands } from './commands';
import { measureFeel } from './feel';
import { growthRatios, measureSize, type Size, showSizes } from './growth';
import { remember } from './history';
import { type BenchOptions, readOptions, SECTIONS, type Section } from './options';
import { measurePeers } from './peers';
import { showProfile } from './profile';
import { holds, type Ratio, show } from './ratio';
import { clock } from './run';
import { measureShards } from './shards';
import { measureWorkloads } from './workloads';

/** On a shared machine, a limit that is missed by less than this factor is noise. */
const ROOM = 1.5;

type Measure = (options: BenchOptions) => Promise<readonly Ratio[]>;

const MEASURES: Readonly<Record<Section, Measure>> = {
  growth: async ({ sizes, rounds }) => {
    const measured: Size[] = [];
    for (const clusters of sizes) measured.push(await measureSize('hub', clusters, rounds));
    console.log(showSizes(measured));
    return growthRatios(measured);
  },
  mesh: async ({ sizes, rounds }) => {
    const measured: Size[] = [];
    // The links of a full mesh grow with the square of its clusters. This ratio is printed, but it has no limit.
    for (const clusters of sizes.map((size) => Math.min(size, 100))) {
      if (!measured.some((size) => size.clusters === clusters)) {
        measured.push(await measureSize('mesh', clusters, Math.min(rounds, 2)));
      }
    }
    console.log(showSizes(measured));
    return [];
  },
  profile: async ({ sizes }) => {
    await showProfile(Math.max(...sizes));
    return [];
  },
  feel: async ({ rounds }) => [...measureFeel(rounds), ...(await measureCommands(rounds))],
  workloads: ({ rounds }) => measureWorkloads(rounds),
  peers: measurePeers,
  shards: async ({ sizes }) => measureShards(Math.max(...sizes) * 10),
};

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  clock.reads = options.clock;
  const ratios: Ratio[] = [];
  for (const section of options.sections) {
    console.log(`\n# ${section}`);
    ratios.push(...(await MEASURES[section](options)));
  }
  console.log(
    `\n# ratios by ${options.clock} clock, the least of ${options.rounds} interleaved rounds; "!" misses its limit`,
  );
  for (const ratio of ratios) console.log(show(ratio));
  if (options.sections.length === SECTIONS.length && !options.guard) remember(ratios, options.clock);
  if (options.guard && !ratios.every((ratio) => holds(ratio, ROOM))) process.exitCode = 1;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
