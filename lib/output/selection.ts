/** Knows which files of the output a run is about: all, those of some clusters, or those of one shard of the fleet. */
import { createHash } from 'node:crypto';
import { clusterOf } from './written-files';

/** A part of the output. Whatever the part, all clusters are loaded, resolved and held against the rules. */
export interface Selection {
  /** Whether the files of a cluster are of the part, those of a cluster that the fleet no longer has included. */
  readonly includes: (cluster: string) => boolean;
  /** Whether the files of the fleet as a whole are of the part. */
  readonly fleetFiles: boolean;
  /** Clusters that were asked for by name; each has to exist. */
  readonly named: readonly string[];
  /** As a person would name the part, such as `shard 2/8`; empty for the whole. */
  readonly shown: string;
}

export const WHOLE: Selection = { includes: () => true, fleetFiles: true, named: [], shown: '' };

/** The files of these clusters, and none of the fleet as a whole. */
export function selectClusters(names: readonly string[]): Selection {
  const named = new Set(names);
  const shown = `only ${[...named].sort().join(', ')}`;
  return { includes: (cluster) => named.has(cluster), fleetFiles: false, named: names, shown };
}

/**
 * One of several parts that together are the whole.
 * - A cluster's part depends on its name alone: adding or removing others moves none.
 * - The files of the fleet as a whole belong to the first.
 * @param index from 1 to `count`
 */
export function selectShard(index: number, count: number): Selection {
  if (count === 1) return WHOLE;
  const includes = (cluster: string): boolean => shardOf(cluster, count) === index;
  return { includes, fleetFiles: index === 1, named: [], shown: `shard ${index}/${count}` };
}

/** Reads `2/8`; undefined for anything that is not one of so many. */
export function parseShard(text: string): Selection | undefined {
  const [, index, count] = (/^(\d{1,4})\/(\d{1,4})$/.exec(text) ?? []).map(Number);
  return index === undefined || count === undefined || index < 1 || index > count
    ? undefined
    : selectShard(index, count);
}

/** Whether a file below the output folder is of the part. */
export function selects({ includes, fleetFiles }: Selection, path: string): boolean {
  const cluster = clusterOf(path);
  return cluster === undefined ? fleetFiles : includes(cluster);
}

function shardOf(cluster: string, count: number): number {
  return (createHash('sha256').update(cluster).digest().readUInt32BE(0) % count) + 1;
}
