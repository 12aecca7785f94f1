/** Shows the time of each phase of a whole synthesis, from a CPU profile of V8. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Workplace } from './workplace';

/** The functions of each phase. A sample counts for its innermost function. */
const PHASES: Readonly<Record<string, readonly string[]>> = {
  'reading and checking the fleet file': ['loadFleet'],
  'verifying that roots sign themselves': ['isSelfSigned'],
  'deciding everything else about the fleet': ['prepare'],
  'making objects': ['buildCluster'],
  'checking them': ['checkCluster'],
  'their text': ['renderFiles'],
  'comparing and writing files': ['isChanged', 'put', 'publish', 'moveInto'],
  'the pages of the fleet': ['addFleetFiles'],
  'collecting garbage': ['(garbage collector)'],
};

/** Node and the program itself. */
const REST = 'starting, and all else';

interface ProfileNode {
  readonly id: number;
  readonly callFrame: { readonly functionName: string };
  readonly children?: readonly number[];
}

interface Profile {
  readonly nodes: readonly ProfileNode[];
  readonly samples: readonly number[];
  /** In microseconds, one for each sample. */
  readonly timeDeltas: readonly number[];
}

/** Prints the share of each phase. */
export async function showProfile(clusters: number): Promise<void> {
  const place = await Workplace.of('hub', clusters);
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-spire-profile-'));
  try {
    // The first run compiles the program.
    place.synth();
    place.clear();
    const profiling = ['--cpu-prof', `--cpu-prof-dir=${folder}`, '--cpu-prof-interval=500'];
    const { seconds } = place.synth(profiling);
    const [file = ''] = readdirSync(folder);
    const shares = sharesOf(JSON.parse(readFileSync(join(folder, file), 'utf8')) as Profile);
    console.log(`${clusters} clusters, ${seconds.toFixed(2)} s with the profile being taken:`);
    for (const [phase, share] of shares) console.log(`${(share * 100).toFixed(0).padStart(4)} %  ${phase}`);
  } finally {
    rmSync(folder, { recursive: true });
    place.remove();
  }
}

function sharesOf({ nodes, samples, timeDeltas }: Profile): readonly (readonly [phase: string, share: number])[] {
  const phases = phaseByNode(nodes);
  const times = new Map<string, number>();
  for (const [index, id] of samples.entries()) {
    const phase = phases.get(id) ?? REST;
    times.set(phase, (times.get(phase) ?? 0) + (timeDeltas[index] ?? 0));
  }
  const whole = [...times.values()].reduce((total, time) => total + time, 0);
  return [...times].map(([phase, time]) => [phase, time / whole] as const).sort(([, one], [, other]) => other - one);
}

/** Callers come before what they call. */
function phaseByNode(nodes: readonly ProfileNode[]): ReadonlyMap<number, string> {
  const phases = new Map<number, string>();
  for (const { id, callFrame, children = [] } of nodes) {
    const phase = phaseOf(callFrame.functionName) ?? phases.get(id);
    if (phase === undefined) continue;
    phases.set(id, phase);
    for (const child of children) phases.set(child, phase);
  }
  return phases;
}

/** The bundler appends a number to the names of functions with equal names. */
function phaseOf(name: string): string | undefined {
  const own = name.replace(/\d+$/, '');
  return Object.entries(PHASES).find(([, functions]) => functions.includes(own))?.[0];
}
