/** Makes every call of the meshes a new connection, so that an SVID that has ended fails the next call. */
import { stringify } from 'yaml';
import type { Cluster } from '../cluster/cluster';
import type { Stage } from '../stage';

/** Without it, proxies go on over connections that they made with earlier SVIDs. */
const ONE_REQUEST = { connectionPool: { http: { maxRequestsPerConnection: 1 } } } as const;

/** In every cluster, until the fleet is applied to an empty one again. */
export async function connectForEachCall({ clusters }: Stage): Promise<void> {
  for (const { kubectl } of clusters) {
    await kubectl.apply(stringify(FOR_ALL_SERVICES));
    await changeOwnRules(kubectl);
  }
}

/** Istio takes it for every service that has no rule of its own. */
const FOR_ALL_SERVICES = {
  apiVersion: 'networking.istio.io/v1',
  kind: 'DestinationRule',
  metadata: { name: 'one-request-per-connection', namespace: 'istio-system' },
  spec: { host: '*.local', trafficPolicy: ONE_REQUEST },
};

async function changeOwnRules(kubectl: Cluster['kubectl']): Promise<void> {
  for (const { metadata } of await kubectl.list(['destinationrules', '-A'])) {
    const { name, namespace = '' } = metadata;
    const patch = JSON.stringify({ spec: { trafficPolicy: ONE_REQUEST } });
    await kubectl.run(['patch', 'destinationrule', name, '-n', namespace, '--type=merge', `--patch=${patch}`]);
  }
}
