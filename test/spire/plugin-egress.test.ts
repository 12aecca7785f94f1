import { PluginEgressPolicy } from '../../lib/spire/plugin-egress';
import { find, objectsOf } from '../manifests';
import { clustersOf, NESTED } from '../resolved';

test.each([
  ['192.0.2.12', [{ ipBlock: { cidr: '192.0.2.12/32' } }]],
  ['"2001:db8::12"', [{ ipBlock: { cidr: '2001:db8::12/128' } }]],
  ['spire.east.test', undefined],
])('lets the nested server dial %s, and nobody else by this policy', async (address, to) => {
  const { west } = await clustersOf(NESTED.replace('192.0.2.12', address));
  const [egress] = west!.plugins.upstreamAuthority!.egress!;
  const objects = objectsOf((scope) => new PluginEgressPolicy(scope, 'egress', { ...west!, egress: egress! }));
  expect(find(objects, 'NetworkPolicy').spec).toMatchObject({
    podSelector: { matchLabels: { 'app.kubernetes.io/name': 'spire-server' } },
    policyTypes: ['Egress'],
    egress: [{ ...(to && { to }), ports: [{ port: 8081 }] }],
  });
});
