import { checkBy } from '../../lib/checks/check-cluster';
import { networkPoliciesOpenPorts } from '../../lib/checks/network-policies-open-ports';
import { PluginEgressPolicy } from '../../lib/spire/plugin-egress';
import { damaged, filesOf, remove } from '../checks/damage';
import { find, objectsOf } from '../manifests';
import { clustersOf, loneCluster, NESTED, trialCa } from '../resolved';

test.each([
  ['192.0.2.12', [{ ipBlock: { cidr: '192.0.2.12/32' } }]],
  ['"2001:db8::12"', [{ ipBlock: { cidr: '2001:db8::12/128' } }]],
  ['spire.east.test', undefined],
])('allows the nested server to reach %s, and only it', async (address, to) => {
  const { west } = await clustersOf(NESTED.replace('192.0.2.12', address));
  const [egress] = west!.plugins.upstreamAuthority!.egress!;
  const objects = objectsOf((scope) => new PluginEgressPolicy(scope, 'egress', { ...west!, egress: egress! }));
  expect(find(objects, 'NetworkPolicy').spec).toMatchObject({
    podSelector: { matchLabels: { 'app.kubernetes.io/name': 'spire-server' } },
    policyTypes: ['Egress'],
    egress: [{ ...(to && { to }), ports: [{ port: 8081 }] }],
  });
});

const vaultAt = (address: string): string =>
  `spire: { server: { keyManager: { vault: { address: "${address}", ca: vault.pem, auth: { token: { secret: t } } } } } }`;

test('lets the server dial any pod of the namespace of a Service, whose port is not that of its pods', async () => {
  const { root } = await trialCa('vault.test');
  const cluster = await loneCluster(vaultAt('https://vault.secrets.svc'), '', { 'vault.pem': root });
  const [egress] = cluster.plugins.keyManager.egress!;
  const objects = objectsOf((scope) => new PluginEgressPolicy(scope, 'egress', { ...cluster, egress: egress! }));
  expect(find(objects, 'NetworkPolicy').spec).toHaveProperty('egress', [
    { to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'secrets' } } }] },
  ]);
});

test.each(['https://vault.example.org:8200', 'https://vault.secrets.svc:8200'])(
  'misses the policy that lets the server dial %s',
  async (address) => {
    const { root } = await trialCa('vault.test');
    const cluster = { ...(await loneCluster(vaultAt(address), '', { 'vault.pem': root })), name: address };
    expect(checkBy([networkPoliciesOpenPorts], cluster, filesOf(cluster))).toEqual([]);
    const without = damaged(cluster, 'NetworkPolicy', 'spire-server-vault-keys', remove);
    expect(checkBy([networkPoliciesOpenPorts], cluster, without)).not.toEqual([]);
  },
);
