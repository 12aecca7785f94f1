import fc from 'fast-check';
import { explainCall } from '../../lib/explain/call';
import { callEndpointNames, tryFindCallEndpoint } from '../../lib/explain/call-endpoints';
import { loadFleet } from '../../lib/fleet/load';
import { resolve } from '../../lib/model/resolve';
import type { ResolvedFleet } from '../../lib/model/resolved-fleet';
import { renderProblems } from '../../lib/problems/render';
import { fieldText } from '../../lib/review/change';
import { compareTrees } from '../../lib/review/compare-trees';
import type { FileTree } from '../../lib/review/file-tree';
import { identityChanges } from '../../lib/review/identities';
import { type Reachability, reachabilityChanges } from '../../lib/review/reachability';
import { NOW } from '../support';
import { fleets, type WrittenFleet } from './fleets';
import { FleetFolder } from './synthesis';

const folder = new FleetFolder();
beforeAll(() => folder.prepare());

function explained(document: WrittenFleet): ResolvedFleet {
  const { fleet: written, readTrustFile, source } = loadFleet(folder.write(document));
  const { fleet, problems } = resolve(written!, { readTrustFile, now: NOW });
  if (fleet === undefined) throw new Error(renderProblems(problems, source));
  return fleet;
}

function outputOf(document: WrittenFleet): FileTree {
  return new Map(Object.entries(folder.tree(document)));
}

/** Every change as one line, as it reads from the other side. */
function linesOf(before: FileTree, after: FileTree, mirrored: boolean): readonly string[] {
  const { changes, problems } = compareTrees({ shown: 'a', files: before }, { shown: 'b', files: after });
  expect(problems).toEqual([]);
  const swapped = { added: 'removed', removed: 'added', changed: 'changed' } as const;
  return changes
    .flatMap(({ action, item, fields }) => {
      const key = [mirrored ? swapped[action] : action, item.cluster, item.group, item.kind, item.namespace, item.name];
      // At which place of a list an element stands is told by one of the sides.
      const values = fields.map(({ path, before: from, after: to }) =>
        [fieldText(path).replace(/\[\d+\]/g, ''), ...(mirrored ? [to, from] : [from, to])]
          .map((value) => JSON.stringify(value))
          .join(' '),
      );
      return [JSON.stringify(key), ...values.map((value) => `${JSON.stringify(key)} ${value}`)];
    })
    .sort();
}

test('finds nothing between an output and itself, and the same from either side', () => {
  fc.assert(
    fc.property(fleets, fleets, (first, second) => {
      const [one, other] = [outputOf(first), outputOf(second)];
      expect(linesOf(one, one, false)).toEqual([]);
      expect(linesOf(other, one, true)).toEqual(linesOf(one, other, false));
    }),
    { numRuns: 5 },
  );
});

/** Every pair whose call is told otherwise, by asking about each. */
function everyPair(before: ResolvedFleet, after: ResolvedFleet): readonly string[] {
  const names = [...new Set([...callEndpointNames(before), ...callEndpointNames(after)])].sort();
  const verdict = (explained_: ResolvedFleet, caller: string, called: string): string => {
    const [from, to] = [tryFindCallEndpoint(explained_, caller), tryFindCallEndpoint(explained_, called)];
    // What partners do among themselves is not of the fleet.
    if (from === undefined || to === undefined || (from.kind === 'partner' && to.kind === 'partner')) return 'none';
    return explainCall(explained_, from, to).verdict;
  };
  const through = (text: string): boolean => text === 'allowed' || text === 'open';
  return names
    .flatMap((caller) => names.filter((called) => called !== caller).map((called) => [caller, called] as const))
    .map(([caller, called]) => ({
      pair: `${caller} ${called}`,
      one: verdict(before, caller, called),
      other: verdict(after, caller, called),
    }))
    .filter(({ one, other }) => one !== other && (through(one) || through(other)))
    .map(({ pair, one, other }) => `${pair} ${through(one) ? one : 'no'} ${through(other) ? other : 'no'}`);
}

function toldPairs({ reachable, unreachable, decidedOtherwise }: Reachability): readonly string[] {
  const word = (verdict: string): string => (verdict === 'allowed' || verdict === 'open' ? verdict : 'no');
  return [...reachable, ...unreachable, ...decidedOtherwise]
    .map(({ caller, called, before, after }) => `${caller} ${called} ${word(before)} ${word(after)}`)
    .sort();
}

test('tells every pair of workloads whose call begins or ceases to get through, as explain does, and no other', () => {
  const seen = { reachable: 0, unreachable: 0, decidedOtherwise: 0 };
  fc.assert(
    fc.property(fleets, fleets, (one, other) => {
      const [before, after] = [explained(one), explained(other)];
      const changes = reachabilityChanges(before, after);
      expect(toldPairs(changes)).toEqual([...everyPair(before, after)].sort());
      for (const kind of Object.keys(seen) as (keyof typeof seen)[]) seen[kind] += changes[kind].length;
    }),
    { numRuns: 100 },
  );
  // The generator reaches all three, or the comparison means little.
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(0);
});

test('tells every workload whose SPIFFE IDs differ, and calls each gained, lost or changed', () => {
  fc.assert(
    fc.property(fleets, fleets, (one, other) => {
      const [before, after] = [explained(one), explained(other)];
      const idsOf = (fleet: ResolvedFleet): ReadonlyMap<string, string> =>
        new Map(
          fleet.clusters.flatMap(({ workloads }) =>
            workloads.map(({ name, spiffeIds }) => [name, [...new Set(spiffeIds)].sort().join(' ')] as const),
          ),
        );
      const [had, has] = [idsOf(before), idsOf(after)];
      const names = [...new Set([...had.keys(), ...has.keys()])].sort();
      const differing = (kept: (name: string) => boolean): readonly string[] =>
        names.filter((name) => had.get(name) !== has.get(name)).filter(kept);
      const { lost, gained, changed } = identityChanges(before, after);
      const workloads = (list: readonly { readonly who: string }[]): readonly string[] =>
        list.map(({ who }) => who).filter((who) => names.includes(who));
      expect(workloads(lost)).toEqual(differing((name) => !has.has(name)));
      expect(workloads(gained)).toEqual(differing((name) => !had.has(name)));
      expect(workloads(changed)).toEqual(differing((name) => had.has(name) && has.has(name)));
    }),
    { numRuns: 40 },
  );
});
