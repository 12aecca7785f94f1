import { EXPOSURES, findExposure } from '../../lib/exposure/catalog';
import type { Exposure } from '../../lib/exposure/exposure';

const exposures: readonly Exposure[] = EXPOSURES;

test('has a range of node ports exactly where Kubernetes gives the Service one that peers dial', () => {
  for (const { serviceType, addressOf, nodePorts } of exposures) {
    expect(nodePorts !== undefined).toBe(addressOf === 'node');
    if (nodePorts !== undefined) expect(serviceType).toBe('NodePort');
  }
});

test('lets a load balancer give addresses to Services of its own type alone', () => {
  for (const { serviceType, addressOf } of exposures) {
    expect(addressOf === 'service').toBe(serviceType === 'LoadBalancer');
  }
});

test('takes a load balancer where the fleet names none', () => {
  expect(findExposure().name).toBe('LoadBalancer');
});
