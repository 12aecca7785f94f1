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
  /** Names of the two outputs, as given on the command line. */
  readonly base: string;
  readonly target: string;
  /** The compared part, such as `shard 2/8`. Empty if the whole outputs are compared. */
  readonly part: string;
  /** The clusters with changes, sorted by name. */
  readonly clusters: readonly ReviewedCluster[];
  readonly counts: Readonly<Record<Action, number>>;
  /** The highest risk of all changes. Harmless if nothing changed. */
  readonly risk: Risk;
  readonly blastRadius: BlastRadius;
}

export interface ReviewedCluster {
  /** Name of the cluster or of another folder of the output. Empty for files at the root of the output. */
  readonly name: string;
  /** Sorted by risk, highest first, then in the order of the files. */
  readonly changes: readonly AssessedChange[];
}

/** A fleet, or the reason why it is unknown. */
export type ReviewedFleet = ResolvedFleet | { readonly unknown: string };

export interface ReviewedSide extends Side {
  /** Called at most once. */
  readonly fleet: () => ReviewedFleet;
}

export type ReviewResult = { readonly review: Review } | { readonly problems: readonly Problem[] };

/** @param selection the part of the output that both sides contain */
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
  return `computed only for the whole fleet, by ${named.length > 0 ? 'a diff without --only' : 'the first shard'}`;
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
