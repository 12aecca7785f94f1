/** The three forms of a federation: a group, a hub with spokes, or trust one way. */
import { missingKey } from '../../fleet/missing-key';
import type { FleetFederation } from '../../fleet/schema';
import { required } from '../../invariants/required';
import type { FleetPath, Report } from '../../problems/problem';
import { problemAt, problemAtKey } from '../../problems/problem';

export type FederationForm =
  | { readonly kind: 'group'; readonly members: readonly string[] }
  | { readonly kind: 'hub'; readonly hub: string; readonly spokes: readonly string[] }
  | { readonly kind: 'one-way'; readonly trusting: string; readonly trusted: readonly string[] };

/** The key of each form in the fleet file. */
const LEADING_KEYS = ['between', 'hub', 'trusting'] as const;

/** Returns the form, or undefined after reporting a missing or superfluous key. */
export function formOf(federation: FleetFederation, place: FleetPath, report: Report): FederationForm | undefined {
  const { between, hub, spokes, trusting, trusted } = federation;
  const given = [
    ...(between === undefined ? [] : ['between']),
    ...firstOf({ hub, spokes }),
    ...firstOf({ trusting, trusted }),
  ];
  if (given.length !== 1) {
    report(problemAt(place, 'exclusive-keys', { keys: LEADING_KEYS, given }));
    return undefined;
  }
  if (between !== undefined) {
    return groupOf(between, place, report);
  }
  if (hub !== undefined && spokes !== undefined) return { kind: 'hub', hub, spokes };
  if (trusting !== undefined && trusted !== undefined) return { kind: 'one-way', trusting, trusted };
  const missing = (['hub', 'spokes', 'trusting', 'trusted'] as const).find(
    (key) => federation[key] === undefined && federation[PARTNER_KEY[key]] !== undefined,
  );
  const key = required(missing, `the key that ${given.join()} needs beside it`);
  report(missingKey(place, key, 'a federation'));
  return undefined;
}

/** The key that a key needs beside it. */
const PARTNER_KEY = { hub: 'spokes', spokes: 'hub', trusting: 'trusted', trusted: 'trusting' } as const;

/** The name of the first key that has a value, if any has. */
function firstOf(keys: Readonly<Record<string, unknown>>): readonly string[] {
  const [found] = Object.entries(keys).filter(([, value]) => value !== undefined);
  return found === undefined ? [] : [found[0]];
}

function groupOf(members: readonly string[], place: FleetPath, report: Report): FederationForm | undefined {
  if (members.length >= 2) {
    return { kind: 'group', members };
  }
  const got = String(members.length);
  report(problemAtKey([...place, 'between'], 'out-of-range', { expected: 'at least 2 clusters', got }));
  return undefined;
}
