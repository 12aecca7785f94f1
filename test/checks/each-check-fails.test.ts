/** Each check of the output reports the damage that it is for, and nothing on an output without damage. */
import { join } from 'node:path';
import { OUTPUT_RULES } from '../../lib/checks/catalog';
import { checkBy } from '../../lib/checks/check-cluster';
import { loadFleet } from '../../lib/fleet/load';
import { resolve } from '../../lib/model/resolve';
import type { ResolvedCluster } from '../../lib/model/resolved-fleet';
import { clustersOf, NESTED } from '../resolved';
import { NOW } from '../support';
import { type Damage, damaged, edit, filesOf, inConfig, remove } from './damage';

const { fleet, readTrustFile } = loadFleet(join(__dirname, '..', '..', 'fleet.yaml'));
const walkthrough = resolve(fleet!, { readTrustFile, now: NOW }).fleet!.clusters[1]!;
const nested = async (): Promise<ResolvedCluster> => (await clustersOf(NESTED)).west!;

interface Row {
  readonly object: readonly [kind: string, name: string];
  readonly damage: Damage;
  /** @default - the second cluster of the walkthrough */
  readonly of?: () => Promise<ResolvedCluster>;
}

const WITHOUT_MODE = edit((o) => delete o.spec.mtls.mode);

const ROWS: Readonly<Record<string, Row>> = {
  'attestation-agrees': {
    object: ['ConfigMap', 'spire-controller-manager'],
    damage: inConfig('config.yaml', 'clusterName: cluster2', 'clusterName: x'),
  },
  'bootstrap-bundle-agrees': {
    object: ['ConfigMap', 'spire-server'],
    damage: inConfig('server.conf', '"configmap_name": "spire-bundle"', '"configmap_name": "x"'),
  },
  'class-name-agrees': {
    object: ['ClusterSPIFFEID', 'mesh-workloads'],
    damage: edit((o) => (o.spec.className = 'other')),
  },
  'federated-bundles-are-fetched': { object: ['ClusterFederatedTrustDomain', 'cluster1'], damage: remove },
  'ignored-namespaces-anchored': {
    object: ['ConfigMap', 'spire-controller-manager'],
    damage: inConfig('config.yaml', '^kube-public$', 'kube-public'),
  },
  'nesting-agrees': {
    object: ['ConfigMap', 'spire-upstream-agent'],
    damage: inConfig('agent.conf', '192.0.2.12', '192.0.2.13'),
    of: nested,
  },
  'network-policies-open-ports': { object: ['NetworkPolicy', 'spire-server-bundle-endpoint'], damage: remove },
  'no-empty-lists': { object: ['NetworkPolicy', 'spire-agent'], damage: edit((o) => (o.spec.ingress = [])) },
  'no-substitution': {
    object: ['DaemonSet', 'spire-agent'],
    damage: edit((o) => (o.spec.template.spec.containers[0].args = ['echo ${ HOME'])),
  },
  'object-contents': {
    object: ['DaemonSet', 'spire-agent'],
    damage: edit((o) => (o.spec.template.spec.containers[0].image = 'ghcr.io/spiffe/spire-agent:nightly')),
  },
  'one-identity-per-pod': { object: ['ClusterSPIFFEID', 'workload-bookinfo'], damage: remove },
  'one-server-per-datastore': {
    object: ['StatefulSet', 'spire-server'],
    damage: edit((o) => (o.spec.replicas = 2)),
  },
  'plain-text-is-declared': { object: ['PeerAuthentication', 'default'], damage: WITHOUT_MODE },
  'pod-references': { object: ['ServiceAccount', 'spire-agent'], damage: remove },
  'proxy-tls-settings': {
    object: ['Gateway', 'bookinfo'],
    damage: edit((o) => (o.spec.servers[0].tls = { mode: 'ISTIO_MUTUAL' })),
  },
  references: { object: ['Namespace', 'bookinfo'], damage: remove },
  'sds-names-for-istio': {
    object: ['ConfigMap', 'spire-agent'],
    damage: inConfig('agent.conf', '"default_bundle_name": "null"', '"default_bundle_name": "ROOTCA"'),
  },
  'trust-domain-agrees': {
    object: ['ConfigMap', 'spire-agent'],
    damage: inConfig('agent.conf', 'cluster2.demo', 'cluster3.demo'),
  },
  'webhook-names-agree': {
    object: ['ConfigMap', 'spire-controller-manager'],
    damage: inConfig('config.yaml', 'spire-controller-manager-webhook', 'x'),
  },
  'workload-api-socket-agrees': {
    object: ['ConfigMap', 'spire-agent'],
    damage: inConfig('agent.conf', 'agent-sockets/socket', 'agent-sockets/api.sock'),
  },
};

test('has one row for each check', () => {
  expect(Object.keys(ROWS)).toEqual(OUTPUT_RULES.map(({ name }) => name));
});

test.each(OUTPUT_RULES.map((rule) => [rule.name, rule] as const))(
  '%s reports what it is for, and nothing without that',
  async (name, rule) => {
    const {
      object: [kind, object],
      damage,
      of,
    } = ROWS[name]!;
    const cluster = of === undefined ? walkthrough : await of();
    expect(checkBy([rule], cluster, filesOf(cluster))).toEqual([]);
    expect(checkBy([rule], cluster, damaged(cluster, kind, object, damage))).not.toEqual([]);
  },
);
