/** Measures the commands that users run between two edits of a fleet, in relation to loading the fleet. */
import { join } from 'node:path';
import { commitOutput } from './commit-output';
import { atMost, type Ratio } from './ratio';
import { runNode } from './run';
import { TYPESCRIPT, Workplace } from './workplace';

const CLUSTERS = 100;
const PROGRAM = join(__dirname, '..', 'bin', 'cdk8s-spire.js');

/** Prepares a typical state: dist/ is written and committed, and one cluster has changed since. */
const COMMANDS: Readonly<Record<string, { readonly args: readonly string[]; readonly limit: number }>> = {
  // It synthesizes the whole fleet.
  check: { args: ['check'], limit: 6 },
  explain: { args: ['explain', 'greeter-spoke-1', 'bookinfo'], limit: 2 },
  diff: { args: ['diff'], limit: 3 },
};

export async function measureCommands(rounds: number): Promise<readonly Ratio[]> {
  const place = await Workplace.of('hub', CLUSTERS);
  try {
    prepare(place);
    const least = new Map<string, number>();
    const note = (name: string, args: readonly string[]): void => {
      const { seconds } = runNode(args, { cwd: place.folder });
      least.set(name, Math.min(least.get(name) ?? Infinity, seconds));
    };
    // The first start of a program makes its bundle.
    runNode([...TYPESCRIPT, join(__dirname, 'load.ts')], { cwd: place.folder });
    for (let round = 0; round < rounds; round++) {
      note('load', [...TYPESCRIPT, join(__dirname, 'load.ts')]);
      for (const [name, { args }] of Object.entries(COMMANDS)) note(name, [PROGRAM, ...args]);
    }
    const load = least.get('load') ?? 0;
    console.log([...least].map(([name, seconds]) => `${name} ${seconds.toFixed(2)} s`).join(', '));
    return Object.entries(COMMANDS).map(([name, { limit }]) =>
      atMost(limit, `${name} on ${CLUSTERS} clusters by loading their fleet`, (least.get(name) ?? 0) / load),
    );
  } finally {
    place.remove();
  }
}

function prepare(place: Workplace): void {
  place.synth();
  commitOutput(place);
  place.writeFleet(1);
  place.synth();
}
