import { SourceMap } from '../../lib/fleet/source-map';
import { renderProblems } from '../../lib/problems/render';
import { compareTrees } from '../../lib/review/compare-trees';
import type { Side } from '../../lib/review/file-tree';
import { judgedChanges, object, sideOf, type Texts } from './sides';

const found = (before: Texts, after: Texts): readonly string[] =>
  judgedChanges(before, after).map(
    ({ action, item }) => `${action} ${item.cluster}: ${item.kind} ${item.namespace ?? ''}/${item.name}`,
  );
const problems = (before: Texts, after: Texts): readonly unknown[] =>
  compareTrees(sideOf(before, 'HEAD:dist'), sideOf(after)).problems.map(({ code, place }) => [code, place]);

const config = (value: string, name = 'it'): string => object('v1', 'ConfigMap', `data: { a: ${value} }\n`, name);

test('finds no change where an object moved to another file or another place in it', () => {
  const [one, other] = [config('x', 'one'), config('x', 'other')];
  expect(
    found(
      { 'east/a/one.yaml': `${one}---\n${other}`, 'east/a/kustomization.yaml': kustomization('one.yaml') },
      {
        'east/b/two.yaml': `# moved\n${other}`,
        'east/a/three.yaml': one,
        'east/a/kustomization.yaml': kustomization('three.yaml'),
        'east/b/kustomization.yaml': kustomization('two.yaml'),
      },
    ),
  ).toEqual([]);
});

test('tells clusters, namespaces, groups and kinds apart, and not versions of a group', () => {
  const gateway = (apiVersion: string): string => object(apiVersion, 'Gateway');
  expect(
    found(
      {
        'east/edge/a.yaml': gateway('networking.istio.io/v1'),
        'istio/east/istio.yaml': object('install.istio.io/v1', 'IstioOperator'),
      },
      {
        'east/edge/a.yaml': gateway('networking.istio.io/v1beta1'),
        'east/edge/b.yaml': gateway('gateway.networking.k8s.io/v1'),
        'west/edge/a.yaml': gateway('networking.istio.io/v1'),
      },
    ),
  ).toEqual([
    'changed east: Gateway shop/it',
    'added east: Gateway shop/it',
    'removed east: IstioOperator shop/it',
    'added west: Gateway shop/it',
  ]);
});

test('compares Helm values by their path, and pages as a whole', () => {
  expect(
    found(
      { 'istio/east/istiod.values.yaml': 'a: 1\n', 'README.md': '# a\n' },
      { 'istio/east/istiod.values.yaml': 'a: 2\n', 'README.md': '# b\n' },
    ),
  ).toEqual(['changed : Page /README.md', 'changed east: HelmValues /istio/east/istiod.values.yaml']);
});

const kustomization = (...resources: readonly string[]): string =>
  `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [${resources.join(', ')}]\n`;

test('notices that a file is no longer listed, and that a listed one is not there', () => {
  const files = { 'east/a/one.yaml': config('x', 'one'), 'east/a/two.yaml': config('x', 'two') };
  const listing = (...names: readonly string[]): Texts => ({
    ...files,
    'east/a/kustomization.yaml': kustomization(...names),
    'east/kustomization.yaml': kustomization('a'),
  });
  const judged = judgedChanges(listing('one.yaml', 'two.yaml'), listing('one.yaml', 'three.yaml'));
  expect(judged.map(({ item, risk, reasons }) => [item.file, risk, ...reasons.map(({ says }) => says)])).toEqual([
    [
      'east/a/kustomization.yaml',
      'destructive',
      'two.yaml is not listed: its objects are not applied, and are pruned',
      'three.yaml is listed but does not exist: nothing in the folder can be applied',
    ],
  ]);
  expect(found(listing('one.yaml', 'two.yaml'), listing('two.yaml', 'one.yaml'))).toEqual([]);
});

test('notices a new file that the kustomization beside it, itself unchanged, does not list', () => {
  const before = { 'east/a/one.yaml': config('x', 'one'), 'east/a/kustomization.yaml': kustomization('one.yaml') };
  expect(found(before, { ...before, 'east/a/two.yaml': config('x', 'two') })).toEqual([
    'changed east: Kustomization /east/a/kustomization.yaml',
    'added east: ConfigMap shop/two',
  ]);
});

test('tells a file that came and is applied by nothing from one with what was applied before', () => {
  const before = { 'east/a/one.yaml': config('x', 'one'), 'east/a/kustomization.yaml': kustomization('one.yaml') };
  const judged = (after: Texts): readonly unknown[] =>
    judgedChanges(before, after)
      .filter(({ item }) => item.kind === 'Kustomization')
      .map(({ risk, reasons }) => [risk, ...reasons.map(({ says }) => says)]);
  expect(judged({ ...before, 'east/a/mine.yaml': config('x', 'mine') })).toEqual([
    ['harmless', 'mine.yaml was added but is not listed: nothing applies it'],
  ]);
  const moved = { 'east/a/two.yaml': config('x', 'one'), 'east/a/kustomization.yaml': kustomization() };
  expect(judged(moved)).toEqual([
    ['destructive', 'two.yaml is not listed: its objects are not applied, and are pruned'],
  ]);
});

const judgedFiles = (before: Texts, after: Texts): readonly unknown[] =>
  judgedChanges(before, after).map(({ action, item, risk }) => [action, item.file, risk]);
const whole: Texts = {
  'east/a/one.yaml': config('x', 'one'),
  'east/a/kustomization.yaml': kustomization('one.yaml'),
  'east/kustomization.yaml': kustomization('a'),
};
const without = (...paths: readonly string[]): Texts =>
  Object.fromEntries(Object.entries(whole).filter(([path]) => !paths.includes(path)));

test('reports a kustomization that is removed without its folder, and a folder that its parent no longer lists', () => {
  expect(judgedFiles(whole, without('east/kustomization.yaml'))).toEqual([
    ['removed', 'east/kustomization.yaml', 'destructive'],
  ]);
  const unlisted = { ...without('east/a/kustomization.yaml'), 'east/kustomization.yaml': kustomization() };
  expect(judgedFiles(whole, unlisted)).toEqual([
    ['removed', 'east/a/kustomization.yaml', 'destructive'],
    ['changed', 'east/kustomization.yaml', 'destructive'],
  ]);
  expect(judgedFiles(whole, without('east/a/kustomization.yaml'))).toEqual([
    ['removed', 'east/a/kustomization.yaml', 'destructive'],
    ['changed', 'east/kustomization.yaml', 'destructive'],
  ]);
});

test('reports a kustomization that is added to an existing folder or does more than list its files', () => {
  expect(judgedFiles(without('east/kustomization.yaml'), whole)).toEqual([
    ['added', 'east/kustomization.yaml', 'rollout'],
  ]);
  const remote = { 'west/kustomization.yaml': kustomization('https://example.org/x?ref=main') };
  expect(judgedFiles(whole, { ...whole, ...remote })).toEqual([['added', 'west/kustomization.yaml', 'trust']]);
});

test('resolves files from other folders of the output in a kustomization, in every notation', () => {
  const beyond = (name: string): Texts => ({ ...whole, 'argocd/east/kustomization.yaml': kustomization(name) });
  expect(judgedFiles(whole, beyond('../../east/a/'))).toEqual([['added', 'argocd/east/kustomization.yaml', 'rollout']]);
  expect(judgedFiles(whole, beyond('../../east/b'))).toEqual([
    ['added', 'argocd/east/kustomization.yaml', 'destructive'],
  ]);
  expect(judgedFiles(whole, beyond('../../../other'))).toEqual([['added', 'argocd/east/kustomization.yaml', 'trust']]);
  expect(judgedFiles(whole, { ...whole, 'east/kustomization.yaml': kustomization('./a/') })).toEqual([]);
});

test('does not report kustomizations that are added or removed with their whole folder', () => {
  expect(judgedFiles(whole, {})).toEqual([['removed', 'east/a/one.yaml', expect.any(String)]]);
  expect(judgedFiles({}, whole)).toEqual([['added', 'east/a/one.yaml', expect.any(String)]]);
  const partly = { ...whole, 'east/kustomization.yaml': kustomization() };
  expect(judgedFiles({}, partly)).toEqual([['added', 'east/a/one.yaml', expect.any(String)]]);
});

test('treats a Kustomization of Flux as an object', () => {
  const flux = (path: string): string =>
    object('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', `spec: { path: ${path} }\n`);
  const [change] = judgedChanges({ 'flux/east.yaml': flux('a') }, { 'flux/east.yaml': flux('b') });
  expect([change?.item.name, change?.risk]).toEqual(['it', 'destructive']);
});

test.each([
  ['a tab', 'a: 1\n\tb: 2\n', 2],
  ['a key twice', 'kind: A\nkind: B\n', 2],
  ['a list', '- a\n', 1],
  ['a text', 'hello\n', 1],
  [
    'aliases that multiply',
    `a: &a [x, x]\n${[...'bcdefghijklmnopq'].map((name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghijklmnopq'[index]}`).join(', ')}]`).join('\n')}\n`,
    1,
  ],
])('says where a file on either side holds %s in place of objects', (_, text, line) => {
  const whole = { 'east/a.yaml': config('x') };
  const broken = { 'east/a.yaml': text };
  const place = (file: string): unknown => [
    'broken-manifest',
    { file, position: { line, column: expect.any(Number) } },
  ];
  expect(problems(whole, broken)).toEqual([place('dist/east/a.yaml')]);
  expect(problems(broken, whole)).toEqual([place('HEAD:dist/east/a.yaml')]);
});

test('says how to correct a broken file, depending on who wrote it', () => {
  const hints = (text: string): string =>
    renderProblems(compareTrees(sideOf({}), sideOf({ 'east/a.yaml': text })).problems, new SourceMap('fleet.yaml', ''));
  expect(hints('# Generated by cdk8s-spire from fleet.yaml.\na: b: c\n')).toContain('run synth to write it again');
  expect(hints('a: b: c\n')).toContain(
    'correct it or move it elsewhere, since cdk8s-spire did not write it, or compare with',
  );
});

test('reads each item of a list, and gives it the kind of a typed list', () => {
  const secret = 'metadata: { name: s }, data: { a: b } }';
  expect(
    found(
      {},
      {
        'east/a.yaml': `apiVersion: v1\nkind: List\nitems: [{ apiVersion: v1, kind: Secret, ${secret}, { apiVersion: v1, kind: ConfigMapList, items: [{ metadata: { name: c } }] }]\n`,
        'east/b.yaml': `apiVersion: v1\nkind: SecretList\nitems: [{ metadata: { name: t } }]\n`,
        'east/c.yaml': object('example.org/v1', 'AllowList', 'items: [a, b]\n'),
      },
    ),
  ).toEqual([
    'added east: Secret /s',
    'added east: ConfigMap /c',
    'added east: Secret /t',
    'added east: AllowList shop/it',
  ]);
  const torn = { 'east/a.yaml': 'apiVersion: v1\nkind: List\nitems: [{ apiVersion: v1, kind: Secret }, a]\n' };
  expect(problems({}, torn)).toMatchObject([['broken-manifest', { file: 'dist/east/a.yaml' }]]);
});

test('refuses an object that two files hold', () => {
  const twice = { 'east/a.yaml': config('x'), 'east/b.yaml': config('y') };
  expect(problems({}, twice)).toEqual([['object-twice', { file: 'dist/east/b.yaml' }]]);
});

test('reads other objects: empty documents, without a name, without a namespace', () => {
  expect(
    found({}, { 'east/a.yaml': '---\n---\napiVersion: v1\nkind: Namespace\nmetadata:\n', 'east/b.yaml': '' }),
  ).toEqual(['added east: Namespace /east/a.yaml']);
});

test('does not report a new cluster below the folders of GitOps tools as not applied', () => {
  const delivered = (...clusters: readonly string[]): Texts => ({
    'flux/source.yaml': config('flux-system', 'source'),
    'flux/kustomization.yaml': kustomization('source.yaml'),
    ...Object.fromEntries(
      clusters.flatMap((name) => [
        [`flux/${name}/layers.yaml`, config('flux-system', name)],
        [`flux/${name}/kustomization.yaml`, kustomization('layers.yaml')],
      ]),
    ),
  });
  const changes = judgedFiles(delivered('east'), delivered('east', 'west'));
  expect(changes).toEqual([['added', 'flux/west/layers.yaml', expect.any(String)]]);
});

test('reports an unchanged kustomization with a file of another cluster that was removed', () => {
  const before = {
    'east/kustomization.yaml': kustomization('../west/one.yaml'),
    'west/one.yaml': config('x', 'one'),
    'west/two.yaml': config('x', 'two'),
  };
  const { 'west/one.yaml': _gone, ...after } = before;
  expect(found(before, after)).toContain('changed east: Kustomization /east/kustomization.yaml');
});

test('uses files outside of the compared part of the output', () => {
  const whole = {
    'argocd/east/edge/kustomization.yaml': kustomization('../../../east/edge'),
    'east/edge/kustomization.yaml': kustomization('one.yaml'),
    'east/edge/one.yaml': config('x', 'one'),
  };
  const part = (texts: Texts): Side => ({
    shown: 'dist',
    files: new Map(Object.entries(texts).filter(([path]) => path.startsWith('argocd/'))),
    paths: new Set(Object.keys(texts)),
  });
  const { 'east/edge/kustomization.yaml': _gone, ...less } = whole;
  expect(compareTrees(part({}), part(whole)).changes.map(({ action, item }) => [action, item.content])).toEqual([
    ['added', expect.not.objectContaining({ missing: expect.anything() })],
  ]);
  expect(compareTrees(part(whole), part(less)).changes.map(({ action, after }) => [action, after?.content])).toEqual([
    ['changed', expect.objectContaining({ missing: ['../../../east/edge'] })],
  ]);
});
