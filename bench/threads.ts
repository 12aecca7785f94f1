/** Measures what threads bring: the same synthesis with one and with two, which must write the same bytes. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { atLeast, type Ratio } from './ratio';
import { Workplace } from './workplace';

/** With a single one, no other is started beside the one that writes. */
const THREADS = ['1', '2'] as const;

export async function measureThreads(clusters: number, rounds: number): Promise<readonly Ratio[]> {
  const place = await Workplace.of('hub', clusters);
  try {
    const least = new Map<string, number>();
    const outputs = new Set<string>();
    for (let round = 0; round < rounds; round++) {
      for (const threads of THREADS) {
        place.clear();
        const { seconds } = place.synth({ CDK8S_SPIRE_THREADS: threads });
        least.set(threads, Math.min(least.get(threads) ?? Infinity, seconds));
        if (round === 0) outputs.add(digestOf(place.output));
      }
    }
    if (outputs.size !== 1) throw new Error('the output depends on the threads');
    const [one = 0, two = 0] = THREADS.map((threads) => least.get(threads));
    const beside = await sideBySide(place, rounds);
    console.log(
      `${clusters} clusters: ${one.toFixed(2)} s with one thread, ${two.toFixed(2)} s with two; ` +
        `two runs with one thread each take ${beside.toFixed(2)} s side by side, so that no two threads are ` +
        `more than ${((2 * one) / beside).toFixed(2)} times as fast as one`,
    );
    return [atLeast(1.6, `one thread by two, ${clusters} clusters`, one / two)];
  } finally {
    place.remove();
  }
}

/** Two runs that share nothing but the machine: what a second processor is worth beside the threads that V8 has anyway. */
async function sideBySide(place: Workplace, rounds: number): Promise<number> {
  const twin = await Workplace.of(place.shape, place.clusters);
  try {
    const seconds = Array.from({ length: rounds }, () => {
      place.clear();
      twin.clear();
      return place.synthBeside(twin, { CDK8S_SPIRE_THREADS: '1' });
    });
    return Math.min(...seconds);
  } finally {
    twin.remove();
  }
}

function digestOf(folder: string): string {
  const hash = createHash('sha256');
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  for (const path of entries.map((entry) => join(entry.parentPath, entry.name)).sort()) {
    hash.update(`${path}\0`).update(readFileSync(path));
  }
  return hash.digest('hex');
}
