import { explainWorkloadPods } from '../../lib/explain/identity';
import { renderPod } from '../../lib/explain/render';
import { clustersOf } from '../resolved';

test('names the life of SVIDs where the fleet sets one for the identity, and only there', async () => {
  const { east } = await clustersOf(`
fleet: shop
clusters:
  east: { trustDomain: east.test }
workloads:
  one: { cluster: east, image: "example.org/one:1", x509SvidTtl: 1h, jwtSvidTtl: 2m }
  two: { cluster: east, image: "example.org/two:1" }`);
  const [one, two] = east!.workloads.map((workload) =>
    explainWorkloadPods(workload, east!).flatMap((pod) => renderPod(pod, { whereIs: () => 'here', output: 'dist' })),
  );
  expect(one).toContain('  lifetimes  X.509-SVID 1h, JWT-SVID 2m');
  expect(two?.join('\n')).not.toContain('lifetimes');
});
