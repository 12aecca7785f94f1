/** The blast radius of a change: added, removed and changed identities, and calls whose verdict changes. */
import type { ResolvedFleet } from '../model/resolved-fleet';
import type { Change } from './change';
import { type IdentityChanges, identityChanges } from './identities';
import { type Reachability, reachabilityChanges } from './reachability';
import { findRefusedCallers, type RefusedCaller } from './refused-callers';

export interface KnownBlastRadius {
  readonly known: true;
  readonly identities: IdentityChanges;
  readonly calls: Reachability;
  /** Callers that policies newly refuse, whether or not they ever made a call. */
  readonly refusedCallers: readonly RefusedCaller[];
}

/** Known only if both fleets exist and have no faults, and computed only if the whole output is compared. */
export type BlastRadius =
  | KnownBlastRadius
  | { readonly known: false; readonly because: string }
  | { readonly known: false; readonly elsewhere: string };

/** Why a radius is not told, in words that follow its name. */
export function whyUnknown(radius: Exclude<BlastRadius, KnownBlastRadius>): string {
  return 'because' in radius ? `cannot be told, ${radius.because}` : radius.elsewhere;
}

export function blastRadius(base: ResolvedFleet, target: ResolvedFleet, changes: readonly Change[]): KnownBlastRadius {
  const calls = reachabilityChanges(base, target);
  const told = new Set(calls.unreachable.map(({ caller, called }) => `${caller} ${called}`));
  return {
    known: true,
    identities: identityChanges(base, target),
    calls,
    refusedCallers: findRefusedCallers(changes, base, target).filter(
      ({ caller, called }) => !told.has(`${caller} ${called}`),
    ),
  };
}
