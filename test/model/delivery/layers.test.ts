import {
  type DeliveryStep,
  depthOf,
  INSTALLATIONS,
  LAYERS,
  needsOf,
  orderedSteps,
} from '../../../lib/model/delivery/layers';

const ALL = new Set<DeliveryStep>([...LAYERS, ...INSTALLATIONS]);

test('puts every step after those it needs', () => {
  const order = orderedSteps(ALL);
  expect(new Set(order)).toEqual(ALL);
  for (const step of order) {
    for (const need of needsOf(step, ALL)) {
      expect([step, order.indexOf(need) < order.indexOf(step)]).toEqual([step, true]);
    }
  }
});

test('orders the layers in the order of applying', () => {
  const layers = orderedSteps(ALL).filter((step) => (LAYERS as readonly string[]).includes(step));
  expect([...layers].sort((a, b) => depthOf(a) - depthOf(b))).toEqual(layers);
  expect(layers).toEqual(LAYERS);
});

test('waits, where a step is absent, for what that one would have waited for', () => {
  const withoutIstio = new Set<DeliveryStep>([
    'crds',
    'namespaces',
    'spire-server',
    'spire-agent',
    'identities',
    'edge',
  ]);
  expect([...needsOf('edge', withoutIstio)].sort()).toEqual(['identities', 'spire-agent']);
});

test('lets nothing wait for a load balancer: neither for the gateway nor for the edge', () => {
  const needed = [...ALL].flatMap((step) => needsOf(step, ALL));
  expect(needed).not.toContain('istio-gateway');
  expect(needed).not.toContain('edge');
});

test('lets no federation wait for an image of a workload', () => {
  expect(needsOf('edge', ALL)).toEqual(['istio']);
});
