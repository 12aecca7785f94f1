/** The checks of agents that fetch the bundle that they start from. */
import { bootstrapBundleAgrees } from '../../lib/checks/bootstrap-bundle-agrees';
import { checkBy } from '../../lib/checks/check-cluster';
import { networkPoliciesOpenPorts } from '../../lib/checks/network-policies-open-ports';
import { loneCluster } from '../resolved';
import { damaged, edit, filesOf, inConfig } from './damage';

const BY_URL = 'spire: { agent: { trustBundle: { url: "https://trust.test:8443/bundle.pem" } } }';

test('reports agents that fetch their bundle from another place than the fleet says', async () => {
  const cluster = await loneCluster(BY_URL);
  const moved = inConfig('agent.conf', 'trust.test:8443', 'trust.test:8444');
  expect(checkBy([bootstrapBundleAgrees], cluster, filesOf(cluster))).toEqual([]);
  expect(checkBy([bootstrapBundleAgrees], cluster, damaged(cluster, 'ConfigMap', 'spire-agent', moved))).toMatchObject([
    { reason: expect.stringContaining('url of the bundle disagrees') },
  ]);
});

test('reports agents whose NetworkPolicies keep the host of the bundle closed', async () => {
  const cluster = await loneCluster(BY_URL);
  const closed = edit((object) => object.spec.egress.pop());
  expect(checkBy([networkPoliciesOpenPorts], cluster, filesOf(cluster))).toEqual([]);
  expect(
    checkBy([networkPoliciesOpenPorts], cluster, damaged(cluster, 'NetworkPolicy', 'spire-agent', closed)),
  ).toMatchObject([{ reason: 'may not dial https://trust.test:8443/bundle.pem' }]);
});
