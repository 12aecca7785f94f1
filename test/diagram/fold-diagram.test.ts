import { foldDiagram } from '../../lib/diagram/fold-diagram';
import { markChanges } from '../../lib/diagram/mark-changes';
import { diagramOf, edgesOf, groupsOf, star } from './diagrams';

/** Clusters of these names, each federated with those listed. */
function mesh(names: readonly string[], federations: readonly (readonly string[])[]): string {
  return [
    'fleet: mesh',
    'clusters:',
    ...names.map(
      (name, index) => `  ${name}: { trustDomain: ${name}.test, bundleEndpoint: { address: 192.0.2.${index + 1} } }`,
    ),
    'federation:',
    ...federations.map((members) => `  - between: [${members.join(', ')}]`),
    '',
  ].join('\n');
}

const numbered = (prefix: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `${prefix}${index + 1}`);

test('does not simplify a small fleet', async () => {
  const diagram = await diagramOf(star(3));
  expect(foldDiagram(diagram)).toBe(diagram);
});

test('folds many workloads of few clusters into counts, and says so', async () => {
  const calls = numbered('job-', 45).map(
    (name) => `  ${name}: { cluster: spoke-1, image: r.test/j:1.0.0, calls: [api] }`,
  );
  const folded = foldDiagram(await diagramOf([star(1), ...calls].join('\n')));
  expect(groupsOf(folded)).toEqual([
    'hub: SPIRE server, gateway 192.0.2.2, api',
    'spoke-1: SPIRE server, 46 workloads',
  ]);
  expect(edgesOf(folded)).toContain('workloads cluster spoke-1 remote-call gateway hub');
  expect(folded.notes).toEqual([expect.stringContaining('Workloads of a cluster are drawn as one')]);
});

test('folds the spokes of a hub into one box, names in the order of their numbers', async () => {
  const folded = foldDiagram(await diagramOf(star(50)));
  expect(groupsOf(folded)).toEqual([
    'hub: gateway, 1 workload',
    '50 clusters: spoke-1, spoke-2, spoke-3, spoke-4, and 46 more',
  ]);
  expect(edgesOf(folded)).toEqual([
    'cluster hub federation cluster spoke-1',
    'cluster spoke-1 remote-call cluster hub',
  ]);
});

test('folds clusters that federate each with each into one box', async () => {
  const folded = foldDiagram(await diagramOf(mesh(numbered('m', 45), [numbered('m', 45)])));
  expect(groupsOf(folded)).toEqual(['45 clusters: m1, m2, m3, m4, and 41 more']);
  expect(folded.groups[0]?.trustDomain).toBe('all federated with each other');
  expect(edgesOf(folded)).toEqual([]);
});

test('keeps clusters apart whose federations differ, and every federation between them', async () => {
  const names = numbered('c', 44);
  const chain = names.slice(1).map((name, index) => [names[index] ?? '', name]);
  const folded = foldDiagram(await diagramOf(mesh(names, chain)));
  expect(folded.groups).toHaveLength(44);
  expect(folded.edges).toHaveLength(43);
  expect(folded.notes.join(' ')).not.toContain('too many for a diagram');
});

test('says so when there is more than a diagram can show', async () => {
  const names = numbered('c', 60);
  const chain = names.slice(1).map((name, index) => [names[index] ?? '', name]);
  expect(foldDiagram(await diagramOf(mesh(names, chain))).notes.join(' ')).toContain(
    '60 trust domains or kinds of them are too many for a diagram; choose some with --cluster NAME.',
  );
});

test('keeps added nodes out of the box of existing nodes', async () => {
  const marked = markChanges(await diagramOf(star(50)), await diagramOf(star(54)));
  const groups = groupsOf(foldDiagram(marked));
  expect(groups).toContain('added 4 clusters: spoke-51, spoke-52, spoke-53, spoke-54');
  expect(groups).toContain('50 clusters: spoke-1, spoke-2, spoke-3, spoke-4, and 46 more');
});

test('keeps changed nodes out of the box of unchanged nodes', async () => {
  const renamed = star(50).replaceAll(/trustDomain: spoke-(7|8|9)\.test/g, 'trustDomain: renamed-$1.test');
  const groups = groupsOf(foldDiagram(markChanges(await diagramOf(star(50)), await diagramOf(renamed))));
  expect(groups).toContain('changed 3 clusters: spoke-7, spoke-8, spoke-9');
  expect(groups).toContain('47 clusters: spoke-1, spoke-2, spoke-3, spoke-4, and 43 more');
});
