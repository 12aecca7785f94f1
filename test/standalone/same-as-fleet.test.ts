/** Constructs with a few keys write what a fleet writes: the defaults of both are the same. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Construct } from 'constructs';
import { BundleEndpoint, EndpointIngress, FederationLink, PeerEgress, SpireServer, WorkloadIdentity } from '../../lib';
import { loadFleet } from '../../lib/fleet/load';
import { buildCluster } from '../../lib/manifests/cluster-app';
import { resolve } from '../../lib/model/resolve';
import type { ResolvedCluster } from '../../lib/model/resolved-fleet';
import { objectsOf } from '../manifests';
import { NOW } from '../support';

const ROOT = join(__dirname, '..', '..');

const { fleet, readTrustFile } = loadFleet(join(ROOT, 'fleet.yaml'));
const clusters = resolve(fleet!, { readTrustFile, now: NOW }).fleet?.clusters ?? [];
const clusterOf = (name: string): ResolvedCluster => clusters.find((cluster) => cluster.name === name)!;
const pem = (trustDomain: string): string => readFileSync(join(ROOT, 'trust', `${trustDomain}.pem`), 'utf8');

const keyOf = ({ kind, metadata }: { readonly kind: string; readonly metadata: { readonly name: string } }): string =>
  `${kind}/${metadata.name}`;

/** Expects each object that is built to be one of the cluster's, and that there is at least one. */
function expectSame(cluster: string, build: (scope: Construct) => void): void {
  const ofFleet = new Map(
    buildCluster(clusterOf(cluster))
      .flatMap(({ objects }) => objects)
      .map((object) => [`${keyOf(object)} in ${object.metadata.namespace}`, object]),
  );
  const built = objectsOf(build);
  expect(built.length).toBeGreaterThan(0);
  expect(built).toEqual(built.map((object) => ofFleet.get(`${keyOf(object)} in ${object.metadata.namespace}`)));
}

const loadBalancer = { metallb: { addresses: ['172.16.17.9/32'] } };

test('a server with a bundle endpoint needs an address alone', () => {
  const bundleEndpoint = { address: '172.16.17.9' };
  expectSame('cluster1', (scope) => {
    const server = { trustDomain: 'cluster1.demo', name: 'cluster1', root: pem('cluster1.demo'), bundleEndpoint };
    new BundleEndpoint(scope, 'endpoint', { bundleEndpoint, loadBalancer });
    new EndpointIngress(scope, 'ingress');
    new SpireServer(scope, 'server', server);
  });
});

test('a federation needs a trust domain, a URL and a root', () => {
  const peer = { cluster: 'cluster2', url: 'https://172.16.17.3:8443/' };
  expectSame('cluster1', (scope) => {
    new FederationLink(scope, 'cluster2', { ...peer, trustDomain: 'cluster2.demo', root: pem('cluster2.demo') });
    new PeerEgress(scope, 'egress', { peer });
  });
});

test('an identity needs labels, and is named by its construct', () => {
  expectSame('cluster1', (scope) => {
    const podLabels = { 'spiffe.io/spire-managed-identity': 'true' };
    new WorkloadIdentity(scope, 'mesh-workloads', { podLabels, fallback: true });
  });
});
