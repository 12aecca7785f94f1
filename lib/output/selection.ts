/** The part of the output that a run makes: all of it, some clusters, or one shard of the fleet. */
import { createHash } from 'node:crypto';
import { clusterOf } from './written-files';

/** A part of the output. All clusters are loaded, resolved and checked, whatever the part. */
export interface Selection {
  /** Whether the part includes the files of a cluster, which may be one that the fleet no longer has. */
  readonly includes: (cluster: string) => boolean;
  /** Whether the part includes the files of the fleet as a whole. */
  readonly fleetFiles: boolean;
  /** Clusters that were selected by name. Each must exist. */
  readonly named: readonly string[];
  /** The part in words, such as `shard 2/8`; empty for the whole output. */
  readonly shown: string;
}

export const WHOLE: Selection = { includes: () => true, fleetFiles: true, named: [], shown: '' };

/** Selects the files of these clusters, and no files of the fleet as a whole. */
export function selectClusters(names: readonly string[]): Selection {
  const named = new Set(names);
  const shown = `only ${[...named].sort().join(', ')}`;
  return { includes: (cluster) => named.has(cluster), fleetFiles: false, named: names, shown };
}

/**
 * Selects one of `count` parts that together are the whole output.
 * - The part of a cluster depends only on its name, so adding or removing other clusters does not move it.
 * - The files of the fleet as a whole belong to the first.
 * @param index from 1 to `count`
 */
export function selectShard(index: number, count: number): Selection {
  if (count === 1) return WHOLE;
  const includes = (cluster: string): boolean => shardOf(cluster, count) === index;
  return { includes, fleetFiles: index === 1, named: [], shown: `shard ${index}/${count}` };
}

/** Parses a shard such as `2/8`; undefined if the text is no shard. */
export function parseShard(text: string): Selection | undefined {
  const [, index, count] = (/^(\d{1,4})\/(\d{1,4})$/.exec(text) ?? []).map(Number);
  return index === undefined || count === undefined || index < 1 || index > count
    ? undefined
    : selectShard(index, count);
}

/** Whether the part includes a file below the output folder. */
export function selects({ includes, fleetFiles }: Selection, path: string): boolean {
  const cluster = clusterOf(path);
  return cluster === undefined ? fleetFiles : includes(cluster);
}

function shardOf(cluster: string, count: number): number {
  return (createHash('sha256').update(cluster).digest().readUInt32BE(0) % count) + 1;
}
