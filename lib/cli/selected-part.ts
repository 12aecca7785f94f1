/** Knows how a person names a part of the output on the command line. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { ResolvedFleet } from '../model/resolved-fleet';
import { parseShard, type Selection, selectClusters, WHOLE } from '../output/selection';
import { counted } from './pluralize';
import { unknownName } from './unknown-name';

export interface PartOptions {
  /** Names of clusters. */
  readonly only?: readonly string[];
  readonly shard?: Selection;
}

/**
 * Adds `--only` and `--shard`.
 * @param does what the command does with the part, as `writes`
 */
export function addPartOptions(command: Command, does: string): Command {
  return command
    .addOption(
      new Option('--only <clusters...>', `${does} the files of these clusters alone; stands last, or takes commas`)
        .argParser(clusterNames)
        .conflicts('shard'),
    )
    .option('--shard <k/n>', `${does} one of n parts that together are the whole, such as for jobs of CI`, shard);
}

/** Reads `east west` and `east,west`, one after another. */
function clusterNames(text: string, before: readonly string[] = []): readonly string[] {
  const names = text.split(',').map((name) => name.trim());
  // An empty variable of a script would select nothing, of which all is right.
  if (names.includes('')) throw new InvalidArgumentError('expected names of clusters, such as east,west');
  return [...before, ...names];
}

/** Reads `2/8`. */
function shard(text: string): Selection {
  const selection = parseShard(text);
  if (selection === undefined) throw new InvalidArgumentError('expected k/n with k from 1 to n, such as 2/8');
  return selection;
}

export function selectedPart({ only, shard: part }: PartOptions): Selection {
  return part ?? (only === undefined ? WHOLE : selectClusters(only));
}

/** A sentence about the first name that no cluster has. */
export function unknownCluster({ named }: Selection, { clusters }: ResolvedFleet): string | undefined {
  const known = clusters.map(({ name }) => name);
  const unknown = named.find((name) => !known.includes(name));
  return unknown === undefined ? undefined : unknownName('cluster', unknown, known);
}

/** `3 clusters`, or `1 of 3 clusters` of a part. */
export function countedClusters({ clusters }: ResolvedFleet, { includes }: Selection): string {
  const selected = clusters.filter(({ name }) => includes(name)).length;
  return `${selected === clusters.length ? '' : `${selected} of `}${counted(clusters.length, 'cluster')}`;
}
