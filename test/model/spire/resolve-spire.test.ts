import { DEFAULTS } from '../../../lib/fleet/defaults';
import { codesOf } from '../../reported';
import { clustersOf, lone, loneCluster, resolveText } from '../../resolved';

test('defaults to a CA of one week, SVIDs of four hours and tokens of five minutes', async () => {
  const { spire } = await loneCluster();
  expect(spire).toMatchObject({ caTtl: 604_800, x509SvidTtl: 14_400, jwtSvidTtl: 300, webhookFailurePolicy: 'Ignore' });
  expect([spire.serverVersion, spire.agentVersion]).toEqual([DEFAULTS.versions.spire, DEFAULTS.versions.spire]);
});

test('gives agents the version of their own server, not that of the fleet', async () => {
  const { east, west } = await clustersOf(`
fleet: mixed
versions: { spire: 1.14.6 }
clusters:
  east: { trustDomain: east.test, versions: { spire: 1.15.3 } }
  west: { trustDomain: west.test }`);
  expect([east?.spire.agentVersion, west?.spire.agentVersion]).toEqual(['1.15.3', '1.14.6']);
});

test.each([
  ['separate', 'spire-server', 'spire-system', 'spire-system:spire-agent'],
  ['shared', 'spire', 'spire', 'spire:spire-agent'],
])(
  'places server and agents in the %s layout, and attests agents from there',
  async (layout, server, agent, allowed) => {
    const { spire, plugins } = await loneCluster(`spire: { namespaces: ${layout} }`);
    expect([spire.serverNamespace, spire.agentNamespace]).toEqual([server, agent]);
    expect(plugins.nodeAttestors[0]?.configuration).toMatchObject({
      clusters: { east: { service_account_allow_list: [allowed], audience: ['spire-server'] } },
    });
  },
);

test('ignores exactly the namespaces of Kubernetes and SPIRE, since the patterns are anchored', async () => {
  const { spire } = await loneCluster();
  const ignored = (namespace: string): boolean =>
    spire.ignoredNamespaces.some((pattern) => new RegExp(pattern).test(namespace));
  expect(['kube-system', 'spire-server', 'spire-system'].map(ignored)).toEqual([true, true, true]);
  expect(['my-spire-system', 'spire-system-2', 'istio-system', 'default'].map(ignored)).toEqual([
    false,
    false,
    false,
    false,
  ]);
});

test.each([
  ['caTtl: 6h, x509SvidTtl: 1h', []],
  ['caTtl: 6h, x509SvidTtl: 1h1s', ['ttl-too-long']],
  ['caTtl: 60d, x509SvidTtl: 7d', []],
  ['caTtl: 60d, x509SvidTtl: 7d1s', ['ttl-too-long']],
  ['caTtl: 6h, jwtSvidTtl: 2h', ['ttl-too-long']],
  ['caTtl: 5h', []],
])('holds SVIDs to a sixth of the CA, a week at most: { %s } gives %j', async (spire, codes) => {
  const { problems } = await resolveText(lone(`spire: { ${spire} }`));
  expect(codesOf(problems)).toEqual(codes);
});

test('lowers a default to a sixth of a short caTtl', async () => {
  const { spire } = await loneCluster('spire: { caTtl: 12m }');
  expect(spire).toMatchObject({ caTtl: 720, x509SvidTtl: 120, jwtSvidTtl: 120 });
});

test.each([
  ['spire: 1.15.3, agent: 1.14.0', []],
  ['spire: 1.15.3, agent: 1.15.4', ['version-skew']],
  ['spire: 1.15.3, agent: 1.13.9', ['version-skew']],
  ['spire: 1.16.0', ['unsupported-version']],
  ['spire: 1.15.3, agent: 1.16.0', ['unsupported-version']],
  ['agent: 1.14.0', []],
])('judges { %s } as %j', async (versions, codes) => {
  const { problems } = await resolveText(lone(`versions: { ${versions} }`));
  expect(codesOf(problems)).toEqual(codes);
});

test('fails at the agent of the fleet that is too new for the server of one cluster', async () => {
  const { problems } = await resolveText(`
fleet: mixed
versions: { agent: 1.15.3 }
clusters: { east: { trustDomain: east.test }, west: { trustDomain: west.test, versions: { spire: 1.14.0 } } }`);
  expect(problems).toMatchObject([
    { code: 'version-skew', place: { path: ['versions', 'agent'] }, facts: { server: '1.14.0', rule: 'newer' } },
  ]);
});

test("keeps the fleet's storage class where a cluster asks for more room alone", async () => {
  const { fleet } = await resolveText(`
fleet: roomy
spire: { storage: { storageClass: fast } }
clusters: { east: { trustDomain: east.test, spire: { storage: { size: 2Gi } } } }`);
  expect(fleet?.clusters[0]?.spire.storage).toEqual({ size: '2Gi', storageClass: 'fast' });
});
