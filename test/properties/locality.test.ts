import fc from 'fast-check';
import { fleets, homeOf, type WrittenFleet } from './fleets';
import { FleetFolder } from './synthesis';

const folder = new FleetFolder();
beforeAll(() => folder.prepare());

/** What tells of the whole fleet, and therefore of any change; what Argo CD may apply in any cluster is part of it. */
const OF_THE_FLEET = /^(README\.md|fleet\.lock\.yaml|files\.lock|(argocd|flux)\/[^/]+)$/;

/** Clusters, and `partners`, below whose folders a file differs between two fleets. */
function touched(before: WrittenFleet, after: WrittenFleet): readonly string[] {
  const [left, right] = [folder.tree(before), folder.tree(after)];
  const paths = [...new Set([...Object.keys(left), ...Object.keys(right)])];
  return [
    ...new Set(
      paths
        .filter((path) => left[path] !== right[path] && !OF_THE_FLEET.test(path))
        .map((path) => path.replace(/^(istio|flux|argocd)\//, '').split('/')[0] ?? ''),
    ),
  ].sort();
}

/** The fleet with other keys in one cluster. */
function withCluster(document: WrittenFleet, name: string, keys: object): WrittenFleet {
  const { clusters } = document;
  return { ...document, clusters: { ...clusters, [name]: { ...clusters[name]!, ...keys } } };
}

/** Who trusts a member, or did: the two ends of each federation that names it, and who is nested under them. */
function linked({ clusters, federation = [] }: WrittenFleet, name: string): readonly string[] {
  const ends = federation
    .map((link): readonly string[] => JSON.stringify(link).match(/cluster\d|partner/g) ?? [])
    .filter((ends) => ends.includes(name))
    .flat();
  const below = Object.keys(clusters).filter((cluster) => ends.includes(String(clusters[cluster]?.nestedUnder)));
  return [...ends, ...below];
}

const chosen = fc.tuple(fleets, fc.nat()).map(([document, at]) => {
  const names = Object.keys(document.clusters);
  return { document, name: names[at % names.length]! };
});

test('touches the folder of a cluster alone when a setting of its own servers changes', () => {
  fc.assert(
    fc.property(chosen, ({ document, name }) => {
      const spire = (document.clusters[name] as { readonly spire?: object }).spire ?? {};
      const after = withCluster(document, name, { spire: { ...spire, logLevel: 'WARN' } });
      expect(touched(document, after)).toEqual([name]);
    }),
    { numRuns: 40 },
  );
});

test('touches only clusters that a member is linked with, and the pages of partners, when its endpoint moves', () => {
  fc.assert(
    fc.property(chosen, ({ document, name }) => {
      const { bundleEndpoint } = document.clusters[name] as { readonly bundleEndpoint?: object };
      fc.pre(bundleEndpoint !== undefined);
      const after = withCluster(document, name, { bundleEndpoint: { ...bundleEndpoint, port: 30999 } });
      const allowed = new Set([name, ...linked(document, name), 'partners']);
      const changed = touched(document, after);
      expect(changed).toContain(name);
      expect(changed.filter((folderName) => !allowed.has(folderName))).toEqual([]);
    }),
    { numRuns: 40 },
  );
});

test('touches the folders of both ends alone when a workload calls one more', () => {
  fc.assert(
    fc.property(fleets, fc.nat(), (document, at) => {
      const callers = Object.entries(document.workloads).filter(([, { calls = [] }]) => calls.length > 0);
      fc.pre(callers.length > 0);
      const [name, caller] = callers[at % callers.length]!;
      const [called, ...rest] = caller.calls!;
      const { calls: _calls, ...silent } = caller;
      const fewer = rest.length === 0 ? silent : { ...caller, calls: rest };
      const before = { ...document, workloads: { ...document.workloads, [name]: fewer } };
      const allowed = new Set([homeOf(caller), homeOf(document.workloads[called!]!), 'partners']);
      expect(touched(before, document).filter((folderName) => !allowed.has(folderName))).toEqual([]);
    }),
    { numRuns: 40 },
  );
});
