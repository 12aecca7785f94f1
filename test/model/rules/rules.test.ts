import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { TOOLS } from '../../../lib/delivery/settings-catalog';
import { RULES } from '../../../lib/model/rules/catalog';
import { istioRunsOn } from '../../../lib/model/versions';
import { codesOf } from '../../reported';
import { resolveText } from '../../resolved';

test('has one rule for each file, and one file for each rule', () => {
  const shared = ['authorities.ts', 'catalog.ts', 'rule.ts', 'tool-rules.ts'];
  const files = readdirSync(join(__dirname, '../../../lib/model/rules')).filter((name) => !shared.includes(name));
  const ofTools = TOOLS.flatMap(({ rules = [] }) => rules.map(({ code }) => `${code}.ts`));
  expect(RULES.map(({ code }) => `${code}.ts`)).toEqual([...files, ...ofTools].sort());
});

test('says of every rule why it is one, in a sentence, and where that is known from', () => {
  for (const { code, looksFor, why, source } of RULES) {
    expect([code, looksFor]).toEqual([code, expect.stringMatching(/^[a-z].*[^.]$/)]);
    expect([code, why]).toEqual([code, expect.stringMatching(/\.$/)]);
    expect([code, source.length > 0]).toEqual([code, true]);
  }
});

/** Every cluster is known by the public web, so that none needs a root. */
function meshOf(members: number): string {
  const names = Array.from({ length: members }, (_, index) => `c${index}`);
  return [
    'fleet: mesh',
    'clusters:',
    ...names.map(
      (name, index) => `  ${name}: { trustDomain: ${name}.test, bundleEndpoint: { address: 192.0.2.${index} } }`,
    ),
    `federation: [{ between: [${names.join(', ')}] }]`,
  ].join('\n');
}

test.each([
  [20, []],
  [21, ['full-mesh-too-large']],
])('accepts a mesh of %d members with the warnings %j', async (members, codes) => {
  expect(codesOf((await resolveText(meshOf(members))).problems)).toEqual(codes);
});

const PINNED = (refreshHint: string): string => `
fleet: pair
clusters:
  east: { trustDomain: east.test, trust: { bundle: east.json }, bundleEndpoint: { address: 192.0.2.10, refreshHint: ${refreshHint} } }
  west: { trustDomain: west.test, bundleEndpoint: { address: 192.0.2.20 } }
spire: { caTtl: 30h }
federation: [{ between: [east, west] }]`;

test.each([
  ['2h', []],
  ['2h1m', ['warning']],
  ['9h59m', ['warning']],
  ['10h', ['error']],
])('judges a refresh hint of %s, where peers have ten hours to notice a new CA, as %j', async (hint, severities) => {
  const { fleet } = await resolveText('{ fleet: f, clusters: { east: { trustDomain: east.test } } }');
  const { problems } = await resolveText(PINNED(hint), { 'east.json': fleet!.clusters[0]!.trust.bundle!.text });
  const found = problems.filter(({ code }) => code === 'refresh-hint-too-long');
  expect(found.map(({ severity }) => severity)).toEqual(severities);
});

test('does not check the refresh hint of a trust domain whose bundle is its root', async () => {
  const { problems } = await resolveText(PINNED('10h').replace('trust: { bundle: east.json }, ', ''));
  expect(problems).toEqual([]);
});

const FEDERATED = (versions: string): string => `
fleet: pair
versions: { ${versions} }
clusters:
  east: { trustDomain: east.test, bundleEndpoint: { address: 192.0.2.10 } }
  west: { trustDomain: west.test, bundleEndpoint: { address: 192.0.2.20 } }
federation: [{ between: [east, west] }]`;

test.each(['1.27', '1.28', '1.29', '1.30', '1.31', '1.32', '1.33', '1.36'])(
  'leads on Kubernetes %s to an Istio that runs there, by hints that do not contradict each other',
  async (kubernetes) => {
    const first = (await resolveText(FEDERATED(`istio: 1.32.0, kubernetes: "${kubernetes}"`))).problems;
    const [pair] = first.flatMap(({ code, facts }) => (code === 'unsupported-pair' ? [facts] : []));
    const { problems } = await resolveText(
      FEDERATED(`istio: ${pair?.newestIstio ?? '1.32'}.0, kubernetes: "${kubernetes}"`),
    );
    // Nothing is left but a warning; and where that names an Istio, it runs on this Kubernetes.
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    const tooOld = problems.flatMap(({ code, facts }) => (code === 'istio-too-old-to-federate' ? [facts] : []));
    for (const { since, kubernetes: blocked } of tooOld) {
      expect(istioRunsOn(since, kubernetes)).toBe(blocked === undefined);
    }
  },
);
