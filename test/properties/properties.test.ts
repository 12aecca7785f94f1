import fc from 'fast-check';
import { parseAllDocuments, stringify } from 'yaml';
import { buildCluster } from '../../lib/manifests/cluster-app';
import { MemoCache } from '../../lib/manifests/memo-cache';
import type { ResolvedCluster } from '../../lib/model/resolved-fleet';
import { MARKER } from '../../lib/output/output-file';
import { synthesize } from '../../lib/output/synthesize';
import { renderProblems } from '../../lib/problems/render';
import { fleets, homeOf, trustDomainOf, type WrittenFleet } from './fleets';
import { FleetFolder } from './synthesis';

const folder = new FleetFolder();
beforeAll(() => folder.prepare());

const tree = (document: unknown): Record<string, string> => folder.tree(document);

/** The same document with the keys of every map in another order. */
function shuffled(value: unknown, random: () => number): unknown {
  if (Array.isArray(value)) return value.map((item) => shuffled(item, random));
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).map(([key, inner]) => ({ key, inner, rank: random() }));
  entries.sort((a, b) => a.rank - b.rank);
  return Object.fromEntries(entries.map(({ key, inner }) => [key, shuffled(inner, random)]));
}

function sequence(seed: number): () => number {
  let state = seed + 1;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

test('gives each cluster the output that it would have alone', () => {
  fc.assert(
    fc.property(fleets, (document) => {
      // Parts come from earlier fleets as well: their clusters and workloads have the same names, and other settings.
      const shared = tree(document);
      const sharing = jest.spyOn(MemoCache.prototype, 'of').mockImplementation((_, make) => make());
      const alone = tree(document);
      sharing.mockRestore();
      expect(shared).toEqual(alone);
    }),
    { numRuns: 60 },
  );
});

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly spec: {
    readonly federatesWith?: readonly string[];
    readonly trustDomain?: string;
    readonly rules?: readonly {
      readonly from: readonly { readonly source: { readonly principals: readonly string[] } }[];
    }[];
  };
}

function manifestsOf(files: Record<string, string>): readonly (Manifest & { readonly cluster: string })[] {
  return Object.entries(files)
    .filter(([path]) => path.endsWith('.yaml'))
    .flatMap(([path, text]) =>
      parseAllDocuments(text).map((document) => ({
        ...(document.toJS() as Manifest),
        cluster: path.split('/')[0] ?? '',
      })),
    );
}

/** Who runs the caller, and who the called, of each call that leaves a cluster. */
function remoteCalls({ workloads }: WrittenFleet): readonly (readonly [string, string])[] {
  return Object.values(workloads).flatMap((caller) =>
    (caller.calls ?? []).map((called) => [homeOf(caller), homeOf(workloads[called] ?? {})] as const),
  );
}

// Every synthesis also validates each object, resolves each reference and counts each pod's SVIDs; see lib/checks.
test('every right fleet passes all checks, and its files are marked, unique and sorted', () => {
  fc.assert(
    fc.property(fleets, (document) => {
      const { output, problems, source } = folder.synthesizeText(stringify(document));
      // What is right may still be unwise.
      const errors = problems.filter(({ severity }) => severity === 'error');
      expect(renderProblems(errors, source)).toBe('');
      const paths = (output?.files ?? []).map(({ path }) => path);
      expect(paths).toEqual([...new Set(paths)].sort());
      expect(output?.files.filter(({ text }) => !text.split('\n', 1)[0]?.includes(MARKER))).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

test('yields the same bytes whatever the order of the keys', () => {
  fc.assert(
    fc.property(fleets, fc.nat(), (document, seed) => {
      expect(tree(shuffled(document, sequence(seed)))).toEqual(tree(document));
    }),
    { numRuns: 25 },
  );
});

test('yields the same bytes when run twice, at another time', () => {
  fc.assert(
    fc.property(fleets, (document) => {
      const first = tree(document);
      const later = synthesize(folder.write(document), { now: new Date('2030-01-01T00:00:00Z') });
      expect(Object.fromEntries(later.output?.files.map(({ path, text }) => [path, text]) ?? [])).toEqual(first);
    }),
    { numRuns: 15 },
  );
});

// Parts and whole clusters are known again by the JSON of what they are made from.
test('yields the same objects from what JSON keeps of a cluster', () => {
  fc.assert(
    fc.property(fleets, (document) => {
      for (const cluster of folder.synthesizeText(stringify(document)).output?.fleet.clusters ?? []) {
        const kept = JSON.parse(JSON.stringify(cluster)) as ResolvedCluster;
        expect(buildCluster(kept)).toEqual(buildCluster(cluster));
      }
    }),
    { numRuns: 10 },
  );
});

test('federates no identity with a trust domain that no call needs', () => {
  fc.assert(
    fc.property(fleets, (document) => {
      const needed = new Set(
        remoteCalls(document).flatMap(([home, there]) => [
          `${home} ${trustDomainOf(document, there)}`,
          `${there} ${trustDomainOf(document, home)}`,
        ]),
      );
      const federated = manifestsOf(tree(document))
        .filter(({ kind }) => kind === 'ClusterSPIFFEID')
        .flatMap(({ cluster, spec }) => (spec.federatesWith ?? []).map((trustDomain) => `${cluster} ${trustDomain}`));
      expect(federated.filter((pair) => !needed.has(pair))).toEqual([]);
    }),
    { numRuns: 40 },
  );
});

test('allows no principal of another trust domain that no call declares', () => {
  fc.assert(
    fc.property(fleets, (document) => {
      const declared = new Set(
        remoteCalls(document).map(([home, there]) => `${there} ${trustDomainOf(document, home)}`),
      );
      const rules = manifestsOf(tree(document))
        .filter(({ kind }) => kind === 'AuthorizationPolicy')
        .flatMap(({ cluster, spec }) => (spec.rules ?? []).map((rule) => ({ cluster, ...rule })));
      // A rule without principals admits everybody, which an exception for plain text alone may do.
      const open = new Set(rules.filter(({ from }) => from === undefined).map(({ cluster }) => cluster));
      const exceptions = Object.values(document.workloads ?? {}).filter(({ plainText }) => plainText !== undefined);
      expect([...open].filter((name) => !exceptions.some(({ cluster }) => cluster === name))).toEqual([]);
      const allowed = rules
        .flatMap(({ cluster, from }) =>
          (from ?? []).flatMap(({ source }) =>
            source.principals.map((principal) => ({ cluster, trustDomain: principal.split('/')[0] })),
          ),
        )
        .filter(({ cluster, trustDomain }) => trustDomainOf(document, cluster) !== trustDomain);
      expect(allowed.filter(({ cluster, trustDomain }) => !declared.has(`${cluster} ${trustDomain}`))).toEqual([]);
    }),
    { numRuns: 40 },
  );
});

test('answers any damage to a fleet with problems, never with an exception', () => {
  fc.assert(
    fc.property(
      fleets,
      fc.nat(),
      fc.nat(200),
      fc.string({ maxLength: 12, unit: 'binary' }),
      (document, at, length, junk) => {
        const text = stringify(document);
        const start = at % text.length;
        const damaged = text.slice(0, start) + junk + text.slice(start + length);
        const { output, problems, source } = folder.synthesizeText(damaged);
        expect(output === undefined).toBe(problems.some(({ severity }) => severity === 'error'));
        expect(renderProblems(problems, source)).not.toContain('internal error');
      },
    ),
    { numRuns: 300 },
  );
});
