/** Describes a blast radius: one heading for each kind of consequence, with the names of those affected. */
import type { BlastRadius } from './blast-radius';
import type { IdentityChange, TrustChange } from './identities';
import type { PairChange } from './reachability';

export interface Consequence {
  /** The heading, such as `lose their identity`. */
  readonly says: string;
  /** The workloads or calls that are affected. Sorted, never empty. */
  readonly names: readonly string[];
}

const ids = (list: readonly string[]): string => list.join(', ');

const identity = ({ who, before, after }: IdentityChange): string => {
  if (after.length === 0) return `${who}: ${ids(before)}`;
  return before.length === 0 ? `${who}: ${ids(after)}` : `${who}: ${ids(before)} -> ${ids(after)}`;
};

const trust = ({ who, gained, lost }: TrustChange): string =>
  `${who}: ${[...gained.map((name) => `+ ${name}`), ...lost.map((name) => `- ${name}`)].join(', ')}`;

const pair = ({ caller, called }: PairChange): string => `${caller} -> ${called}`;

/** A call and whether the fleet's policies decide about it after the change. */
const decision = (change: PairChange): string =>
  `${pair(change)}: ${change.after === 'allowed' ? 'now controlled' : 'no longer controlled'}`;

/** Shown in place of consequences when objects differ but nobody is affected. */
export const NO_CONSEQUENCE = 'SPIFFE IDs and allowed calls do not change';

/** Shown before consequences when no object differs. */
export const NOT_WRITTEN = 'the output does not contain these changes of the fleet yet; run synth first';

/** Follows NO_CONSEQUENCE if changes are listed. */
export const OTHER_EFFECTS = 'each change lists its other effects';

/** The consequences that occur. Empty if nothing is affected, or if the blast radius is unknown. */
export function consequences(radius: BlastRadius): readonly Consequence[] {
  if (!radius.known) return [];
  const { identities, calls } = radius;
  const all: readonly Consequence[] = [
    { says: 'lose their identity', names: identities.lost.map(identity) },
    { says: 'gain an identity', names: identities.gained.map(identity) },
    { says: 'change their identity', names: identities.changed.map(identity) },
    {
      says: 'lose their SPIFFE ID to another workload',
      names: identities.handedOver.map(({ spiffeId, from, to }) => `${from} -> ${to}: ${spiffeId}`),
    },
    { says: 'change the trust domains that they trust', names: identities.trust.map(trust) },
    { says: 'calls are no longer possible', names: calls.unreachable.map(pair) },
    {
      says: 'calls would be refused by a new policy',
      names: radius.refusedCallers.map(({ caller, called }) => `${caller} -> ${called}`),
    },
    { says: 'calls become possible', names: calls.reachable.map(pair) },
    {
      says: 'calls that the policies of the fleet begin or cease to control',
      names: calls.decidedOtherwise.map(decision),
    },
  ];
  return all.filter(({ names }) => names.length > 0);
}
