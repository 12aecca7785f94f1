import { EndpointIngress, PeerEgress } from '../../lib/federation/network-policies';
import type { ResolvedPeer } from '../../lib/model/resolved-fleet';
import { find, objectsOf } from '../manifests';
import { clustersOf, PAIR } from '../resolved';

/** Whom east's server may dial for the sake of west, whose endpoint is at this URL. */
async function egressTo(url: string): Promise<unknown> {
  const { east } = await clustersOf(PAIR);
  const peer: ResolvedPeer = { ...east!.peers[0]!, url };
  const objects = objectsOf((scope) => new PeerEgress(scope, 'egress', { ...east!, peer }));
  return find(objects, 'NetworkPolicy', 'spire-server-federation-west').spec;
}

const SERVER = { matchLabels: { 'app.kubernetes.io/name': 'spire-server' } };
const policy = (rule: object) => ({ podSelector: SERVER, policyTypes: ['Egress'], egress: [rule] });
const tcp = (port: number) => [{ port, protocol: 'TCP' }];

test.each([
  ['an IPv4 address', 'https://192.0.2.20:8443/', { to: [{ ipBlock: { cidr: '192.0.2.20/32' } }], ports: tcp(8443) }],
  [
    'an IPv6 address',
    'https://[2001:db8::1]:8443/',
    { to: [{ ipBlock: { cidr: '2001:db8::1/128' } }], ports: tcp(8443) },
  ],
  ['a DNS name, by port alone', 'https://spire.west.test:8443/', { ports: tcp(8443) }],
  ['a URL without port', 'https://spire.west.test/', { ports: tcp(443) }],
])('lets the server dial %s', async (_what, url, rule) => {
  expect(await egressTo(url)).toEqual(policy(rule));
});

test('allows everyone to poll the endpoint, and needs no egress for it', async () => {
  const { east } = await clustersOf(PAIR);
  const objects = objectsOf((scope) => new EndpointIngress(scope, 'ingress', east!));
  expect(find(objects, 'NetworkPolicy', 'spire-server-bundle-endpoint').spec).toEqual({
    podSelector: SERVER,
    policyTypes: ['Ingress'],
    ingress: [{ ports: tcp(8443) }],
  });
});
