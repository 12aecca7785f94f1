/** The options `--only` and `--shard`, which select a part of the output. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { ResolvedFleet } from '../model/resolved-fleet';
import { parseShard, type Selection, selectClusters, WHOLE } from '../output/selection';
import { pluralize } from './pluralize';
import { unknownName } from './unknown-name';

export interface SelectionOptions {
  /** Names of clusters. */
  readonly only?: readonly string[];
  readonly shard?: Selection;
}

/**
 * Adds `--only` and `--shard`.
 * @param does what the command does with the part, as `writes`
 */
export function addSelectionOptions(command: Command, does: string): Command {
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

export function selectionOf({ only, shard: part }: SelectionOptions): Selection {
  return part ?? (only === undefined ? WHOLE : selectClusters(only));
}

/** A sentence about the first selected name that no cluster has; undefined if all exist. */
export function unknownCluster({ named }: Selection, { clusters }: ResolvedFleet): string | undefined {
  const known = clusters.map(({ name }) => name);
  const unknown = named.find((name) => !known.includes(name));
  return unknown === undefined ? undefined : unknownName('cluster', unknown, known);
}

/** `3 clusters`, or `1 of 3 clusters` of a part. */
export function pluralizeClusters({ clusters }: ResolvedFleet, { includes }: Selection): string {
  const selected = clusters.filter(({ name }) => includes(name)).length;
  return `${selected === clusters.length ? '' : `${selected} of `}${pluralize(clusters.length, 'cluster')}`;
}
