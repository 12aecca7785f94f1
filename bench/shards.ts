/** Measures a fleet that is too large for one run: one shard after another, which a CI matrix would run in parallel. */
import { join } from 'node:path';
import type { Ratio } from './ratio';
import { runNode } from './run';
import { Workplace } from './workplace';

const SHARDS = 8;
const PROGRAM = join(__dirname, '..', 'bin', 'cdk8s-spire.js');

/** Prints time and memory of each shard. */
export async function measureShards(clusters: number): Promise<readonly Ratio[]> {
  const place = await Workplace.of('hub', clusters);
  try {
    for (let shard = 1; shard <= SHARDS; shard++) {
      const { seconds, megabytes, stderr } = runNode([PROGRAM, 'synth', '--shard', `${shard}/${SHARDS}`], {
        cwd: place.folder,
      });
      const [summary = ''] = stderr.split('\n').filter((line) => line.includes(' objects: '));
      console.log(`${shard}/${SHARDS}  ${seconds.toFixed(1)} s  ${megabytes.toFixed(0)} MB  ${summary}`);
    }
    return [];
  } finally {
    place.remove();
  }
}
