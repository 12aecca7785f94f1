import { addressesOn, nodeAddress, podNetwork } from './pod-network';

const NODES = [1, 2, 9].flatMap((cluster) => [0, 1, 2].map((node) => [cluster, node] as const));

test('gives every node of every cluster addresses of its own', () => {
  const addresses = NODES.map(([cluster, node]) => nodeAddress(cluster, node));
  expect(new Set(addresses).size).toBe(NODES.length);
  expect(new Set(NODES.map(([cluster, node]) => podNetwork(cluster, node).prefix)).size).toBe(NODES.length);
});

test('puts the pods of all nodes of a cluster into one network, and those of another cluster outside', () => {
  expect(podNetwork(1, 0)).toEqual({ cluster: '10.244.16.0/20', prefix: '10.244.16' });
  expect(podNetwork(1, 2)).toEqual({ cluster: '10.244.16.0/20', prefix: '10.244.18' });
  expect(podNetwork(2, 0).cluster).toBe('10.244.32.0/20');
});

test('allocates only addresses of its own node', () => {
  expect(addressesOn(podNetwork(2, 1))).toMatchObject({ rangeStart: '10.244.33.2', rangeEnd: '10.244.33.254' });
});
