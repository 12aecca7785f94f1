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
 * @param verb what the command does with the part, such as `write`
 */
export function addSelectionOptions(command: Command, verb: string): Command {
  return command
    .addOption(
      new Option(
        '--only <clusters...>',
        `${verb} only the files of these clusters; give this option last, or separate the names with commas`,
      )
        .argParser(clusterNames)
        .conflicts('shard'),
    )
    .option('--shard <k/n>', `${verb} only part k of n, for parallel CI jobs`, parseShardOption);
}

/** Parses `east,west`, and `east west` as one call for each word. */
function clusterNames(text: string, before: readonly string[] = []): readonly string[] {
  const names = text.split(',').map((name) => name.trim());
  // A script may pass an empty variable. It would select no cluster, and every check would pass.
  if (names.includes('')) throw new InvalidArgumentError('expected names of clusters, such as east,west');
  return [...before, ...names];
}

/** Parses `2/8`. */
function parseShardOption(text: string): Selection {
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
