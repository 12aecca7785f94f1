/** Describes a blast radius: one heading for each kind of consequence, with the names of those affected. */
import type { BlastRadius } from './blast-radius';
import type { IdentityChange, TrustChange } from './identities';
import type { PairChange } from './reachability';

export interface Consequence {
  /** What happens, such as `lose their identity`. */
  readonly says: string;
  /** Those affected, sorted, never empty. */
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

/** Who decides about the call afterwards. */
const decision = (change: PairChange): string =>
  `${pair(change)}: ${change.after === 'allowed' ? 'the fleet decides now' : 'the fleet no longer decides'}`;

/** Shown in place of consequences when objects differ but nobody is affected. */
export const NO_CONSEQUENCE = 'the fleet gives the same SPIFFE IDs and lets the same calls through';

/** Shown before consequences when no object differs. */
export const NOT_WRITTEN = 'the fleet says so, and its output does not yet: synthesize first';

/** Follows NOT_WRITTEN where changes are listed as well. */
export const BESIDE = 'what else a change does stands beside it';

/** Only those that happen. Empty if nobody is affected, or if the radius is unknown. */
export function consequences(radius: BlastRadius): readonly Consequence[] {
  if (!radius.known) return [];
  const { identities, calls } = radius;
  const all: readonly Consequence[] = [
    { says: 'lose their identity', names: identities.lost.map(identity) },
    { says: 'gain an identity', names: identities.gained.map(identity) },
    { says: 'change their identity', names: identities.changed.map(identity) },
    {
      says: 'hand their SPIFFE ID over',
      names: identities.handedOver.map(({ spiffeId, from, to }) => `${from} -> ${to}: ${spiffeId}`),
    },
    { says: 'believe other trust domains', names: identities.trust.map(trust) },
    { says: 'calls no longer get through', names: calls.unreachable.map(pair) },
    {
      says: 'are cut off by a policy, if they call',
      names: radius.refusedCallers.map(({ caller, called }) => `${caller} -> ${called}`),
    },
    { says: 'calls begin to get through', names: calls.reachable.map(pair) },
    { says: 'calls are decided by somebody else', names: calls.decidedOtherwise.map(decision) },
  ];
  return all.filter(({ names }) => names.length > 0);
}
