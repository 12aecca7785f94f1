/** Builds a review: all changes with their risks, and the blast radius. */
import type { ResolvedFleet } from '../model/resolved-fleet';
import { type Selection, WHOLE } from '../output/selection';
import type { Problem } from '../problems/problem';
import { type AssessedChange, assessRisk } from './assess-risk';
import { type BlastRadius, blastRadius } from './blast-radius';
import type { Action, Change } from './change';
import { compareTrees } from './compare-trees';
import type { Side } from './file-tree';
import { ReviewedTrees } from './reviewed-trees';
import { highest, type Risk, WORST_FIRST } from './risk';

export interface Review {
  /** What is compared with what, as a person named it. */
  readonly base: string;
  readonly target: string;
  /** The part of both that is compared, such as `shard 2/8`; empty for the whole. */
  readonly part: string;
  /** Sorted by name; only those with changes. */
  readonly clusters: readonly ReviewedCluster[];
  readonly counts: Readonly<Record<Action, number>>;
  /** The highest risk of all changes; harmless if nothing changed. */
  readonly risk: Risk;
  readonly blastRadius: BlastRadius;
}

export interface ReviewedCluster {
  /** Or the folder of the output, where that is no cluster; empty for its top. */
  readonly name: string;
  /** The worst risk first, then in the order of the files. */
  readonly changes: readonly AssessedChange[];
}

/** A fleet, or why it cannot be told what it says. */
export type ReviewedFleet = ResolvedFleet | { readonly unknown: string };

export interface ReviewedSide extends Side {
  /** Called at most once. */
  readonly fleet: () => ReviewedFleet;
}

export type ReviewResult = { readonly review: Review } | { readonly problems: readonly Problem[] };

/** @param selection the part of the output that both sides hold the files of */
export function review(base: ReviewedSide, target: ReviewedSide, selection = WHOLE): ReviewResult {
  const { changes, problems } = compareTrees(base, target);
  if (problems.length > 0) return { problems };
  const trees = new ReviewedTrees(base, target);
  const judged = changes.map((change) => assessRisk(change, trees));
  const count = (action: Action): number => judged.filter((change) => change.action === action).length;
  return {
    review: {
      base: base.shown,
      target: target.shown,
      part: selection.shown,
      clusters: byCluster(judged),
      counts: { added: count('added'), removed: count('removed'), changed: count('changed') },
      risk: highest(judged.map(({ risk }) => risk)),
      blastRadius: selection.fleetFiles
        ? radiusOf(base.fleet(), target.fleet(), changes)
        : { known: false, elsewhere: wholeFleet(selection) },
    },
  };
}

function wholeFleet({ named }: Selection): string {
  return `told of the whole fleet alone, by ${named.length > 0 ? 'a diff without --only' : 'the first shard'}`;
}

function radiusOf(base: ReviewedFleet, target: ReviewedFleet, changes: readonly Change[]): BlastRadius {
  if ('unknown' in base) return { known: false, because: base.unknown };
  if ('unknown' in target) return { known: false, because: target.unknown };
  return blastRadius(base, target, changes);
}

function byCluster(changes: readonly AssessedChange[]): readonly ReviewedCluster[] {
  const clusters = new Map<string, AssessedChange[]>();
  for (const change of changes) {
    const known = clusters.get(change.item.cluster);
    if (known === undefined) clusters.set(change.item.cluster, [change]);
    else known.push(change);
  }
  return [...clusters].map(([name, ofCluster]) => ({
    name,
    changes: WORST_FIRST.flatMap((risk) => ofCluster.filter((change) => change.risk === risk)),
  }));
}
