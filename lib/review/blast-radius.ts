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
  /** Callers that a policy newly refuses, whether they make calls or not. */
  readonly refusedCallers: readonly RefusedCaller[];
}

/** Known only if both fleets can be resolved and the whole output is compared. */
export type BlastRadius =
  | KnownBlastRadius
  | { readonly known: false; readonly because: string }
  | { readonly known: false; readonly elsewhere: string };

/** The reason why a blast radius is unknown, as the end of a sentence that begins with "blast radius". */
export function whyUnknown(radius: Exclude<BlastRadius, KnownBlastRadius>): string {
  return 'because' in radius ? `unknown, ${radius.because}` : radius.elsewhere;
}

export function blastRadius(base: ResolvedFleet, target: ResolvedFleet, changes: readonly Change[]): KnownBlastRadius {
  const calls = reachabilityChanges(base, target);
  const unreachable = new Set(calls.unreachable.map(({ caller, called }) => `${caller} ${called}`));
  return {
    known: true,
    identities: identityChanges(base, target),
    calls,
    refusedCallers: findRefusedCallers(changes, base, target).filter(
      ({ caller, called }) => !unreachable.has(`${caller} ${called}`),
    ),
  };
}
