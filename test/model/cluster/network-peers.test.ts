import { addressPeers, servicePeers } from '../../../lib/model/cluster/network-peers';

test.each(['db.data.svc', 'db.data.svc.cluster.local', 'DB.data.svc.cluster.local.', 'db.data.svc.corp.internal'])(
  'finds the namespace of the Service %s',
  (host) => {
    expect(servicePeers(host, 'spire-server')).toEqual([
      { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'data' } } },
    ]);
  },
);

test('takes a name without a dot for a Service beside the pod', () => {
  expect(servicePeers('db', 'spire-server')).toEqual([
    { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'spire-server' } } },
  ]);
});

test.each(['2001:db8::7', 'db.example.org', 'svc.example.org', '192.0.2.7', 'db.svc'])(
  'does not treat %s as a Service',
  (host) => {
    expect(servicePeers(host, 'spire-server')).toBeUndefined();
  },
);

test('selects one IP address, and no DNS name', () => {
  expect(addressPeers('192.0.2.7')).toEqual([{ ipBlock: { cidr: '192.0.2.7/32' } }]);
  expect(addressPeers('2001:db8::7')).toEqual([{ ipBlock: { cidr: '2001:db8::7/128' } }]);
  expect(addressPeers('db.example.org')).toBeUndefined();
});
