import { parse } from 'yaml';
import { helmValues } from '../../lib/istio/helm-values';
import { inMesh, PAIR } from '../resolved';
import { deliver, objectsOf, specOf } from './delivered';

interface Kustomization {
  readonly path: string;
  readonly dependsOn?: readonly { readonly name: string }[];
  readonly prune: boolean;
  readonly wait: boolean;
  readonly deletionPolicy: string;
  readonly kubeConfig?: { readonly secretRef: { readonly name: string } };
  readonly patches?: readonly { readonly target: object; readonly patch: string }[];
  readonly postBuild?: unknown;
}

const CENTRAL = 'tools: [flux], flux: { runs: in-one-cluster }';

const WITHOUT_ISTIO = `
fleet: lone
clusters:
  east: { trustDomain: east.test, istio: { dataplane: none }, bundleEndpoint: { address: 192.0.2.1 } }
`;

test('gives each cluster what its own Flux needs, and no access to another', async () => {
  const delivered = await deliver('tools: [flux]');
  const folders = delivered.manifests.map(({ path }) => path.split('/').slice(0, 2).join('/'));
  expect([...new Set(folders)].sort()).toEqual(['flux/east', 'flux/west']);
  expect(delivered.manifests.filter(({ path }) => path.endsWith('/source.yaml'))).toHaveLength(2);
  expect(JSON.stringify(delivered.manifests)).not.toContain('kubeConfig');
});

test('lets one Flux reach each cluster by a Secret of its own', async () => {
  const delivered = await deliver(CENTRAL);
  const { kubeConfig } = specOf<Kustomization>(delivered, 'Kustomization', 'west.edge');
  expect(kubeConfig).toEqual({ secretRef: { name: 'west-kubeconfig' } });
  const release = specOf<Kustomization>(delivered, 'HelmRelease', 'west.istiod');
  expect(release.kubeConfig).toEqual({ secretRef: { name: 'west-kubeconfig' } });
});

test('creates the releases in the cluster of Flux, not in the cluster that they install to', async () => {
  const delivered = await deliver(CENTRAL);
  const { path, kubeConfig } = specOf<Kustomization>(delivered, 'Kustomization', 'west.istio-install');
  expect(path).toBe('./dist/flux/west/istio-install');
  expect(kubeConfig).toBeUndefined();
});

test('makes each layer wait for its dependencies, with Istio between its identities and its resources', async () => {
  const delivered = await deliver(CENTRAL);
  const needs = (step: string): readonly string[] =>
    (specOf<Kustomization>(delivered, 'Kustomization', `west.${step}`).dependsOn ?? []).map(({ name }) => name);
  expect(needs('crds')).toEqual([]);
  expect(needs('identities')).toEqual(['west.spire-server']);
  expect([...needs('istio-install')].sort()).toEqual(['west.identities', 'west.spire-agent']);
  expect(needs('edge')).toEqual(['west.istio']);
  expect(needs('istio-gateway')).toEqual(['west.istio']);
});

test('passes over the layers that a cluster does not have', async () => {
  const delivered = await deliver(CENTRAL, WITHOUT_ISTIO);
  const names = [...objectsOf(delivered, 'Kustomization').keys()];
  expect(names.filter((name) => /istio|workloads/.test(name))).toEqual([]);
  const { dependsOn } = specOf<Kustomization>(delivered, 'Kustomization', 'east.edge');
  expect(dependsOn).toEqual([{ name: 'east.spire-agent' }, { name: 'east.identities' }]);
  expect([...objectsOf(delivered, 'HelmRepository').keys()]).toEqual([]);
});

test('never removes a namespace, a definition or the server', async () => {
  const delivered = await deliver(CENTRAL);
  for (const layer of ['crds', 'namespaces']) {
    const { prune, deletionPolicy } = specOf<Kustomization>(delivered, 'Kustomization', `west.${layer}`);
    expect({ layer, prune, deletionPolicy }).toEqual({ layer, prune: false, deletionPolicy: 'Orphan' });
  }
  const server = specOf<Kustomization>(delivered, 'Kustomization', 'west.spire-server');
  expect(server.deletionPolicy).toBe('Orphan');
  expect(server.patches?.map(({ target }) => target)).toEqual([{ kind: 'StatefulSet', name: 'spire-server' }]);
  expect(server.patches?.[0]?.patch).toContain('kustomize.toolkit.fluxcd.io/prune: disabled');
});

test('prunes what a fleet no longer has', async () => {
  const delivered = await deliver(CENTRAL);
  for (const layer of ['identities', 'istio', 'workloads', 'edge']) {
    const { prune, deletionPolicy } = specOf<Kustomization>(delivered, 'Kustomization', `west.${layer}`);
    expect({ layer, prune, deletionPolicy }).toEqual({ layer, prune: true, deletionPolicy: 'MirrorPrune' });
  }
});

test('leaves the layers of a cluster alone when the cluster is taken out', async () => {
  const delivered = await deliver(CENTRAL);
  for (const name of ['pair', 'west.delivery']) {
    expect(specOf<Kustomization>(delivered, 'Kustomization', name).deletionPolicy).toBe('Orphan');
  }
});

test('substitutes nothing: configurations hold texts that look like variables', async () => {
  const delivered = await deliver(CENTRAL);
  for (const [, { spec }] of objectsOf(delivered, 'Kustomization')) {
    expect((spec as Kustomization).postBuild).toBeUndefined();
  }
});

test('carries in each release the values that the file for Helm holds', async () => {
  const delivered = await deliver(CENTRAL);
  const west = inMesh(delivered.fleet.clusters.find(({ name }) => name === 'west'));
  const charts = helmValues(west);
  const releaseOf = { base: 'istio-base', istiod: 'istiod', gateway: 'istio-ingressgateway' };
  for (const [chart, release] of Object.entries(releaseOf)) {
    const { values } = specOf<{ readonly values: unknown }>(delivered, 'HelmRelease', `west.${release}`);
    expect(values).toEqual(charts[chart]);
  }
});

test('keeps Istio where a try to install or upgrade it failed', async () => {
  const delivered = await deliver(CENTRAL);
  for (const [, object] of objectsOf(delivered, 'HelmRelease')) {
    expect(object.spec).toMatchObject({
      install: { strategy: { name: 'RetryOnFailure' } },
      upgrade: { strategy: { name: 'RetryOnFailure' } },
    });
  }
});

test('fetches only the output folder of the repository', async () => {
  const delivered = await deliver('tools: [flux], path: deploy/fleet/');
  const { ignore } = specOf<{ readonly ignore: string }>(delivered, 'GitRepository', 'pair');
  expect(ignore.split('\n')).toEqual(['/*', '!/deploy', '/deploy/*', '!/deploy/fleet']);
  expect(specOf<Kustomization>(delivered, 'Kustomization', 'east.crds').path).toBe('./deploy/fleet/east/crds');
});

test('finds the output at the top of a repository of its own', async () => {
  const delivered = await deliver('tools: [flux], path: ./');
  expect(specOf<{ readonly ignore?: string }>(delivered, 'GitRepository', 'pair').ignore).toBeUndefined();
  expect(specOf<Kustomization>(delivered, 'Kustomization', 'east.crds').path).toBe('./east/crds');
});

test('uses the chart registry of the fleet', async () => {
  const delivered = await deliver('tools: [flux], charts: oci://ghcr.io/istio/release/charts/');
  expect(specOf(delivered, 'HelmRepository', 'pair.istio-charts')).toMatchObject({
    type: 'oci',
    url: 'oci://ghcr.io/istio/release/charts',
  });
});

test('names the server alone in the patch that keeps it', async () => {
  const delivered = await deliver(CENTRAL);
  const [patch] = specOf<Kustomization>(delivered, 'Kustomization', 'west.spire-server').patches ?? [];
  expect(parse(patch?.patch ?? '')).toEqual({
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'spire-server', annotations: { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' } },
  });
});

test("installs Istio's CNI plugin before istiod where the fleet asks for it, in a namespace that admits it", async () => {
  const delivered = await deliver('tools: [flux]', PAIR.replace('west: {', 'west: { istio: { cni: true },'));
  const spec = specOf<{ readonly targetNamespace: string }>(delivered, 'HelmRelease', 'west.istio-cni');
  expect(spec.targetNamespace).toBe('kube-system');
  const waits = (name: string) =>
    specOf<{ readonly dependsOn?: readonly { readonly name: string }[] }>(
      delivered,
      'HelmRelease',
      name,
    ).dependsOn?.map((need) => need.name);
  expect(waits('west.istiod')).toEqual(['west.istio-base', 'west.istio-cni']);
  expect(waits('east.istiod')).toEqual(['east.istio-base']);
  const listed = delivered.kustomizations.find(({ path }) => path === 'flux/west/istio-install/kustomization.yaml');
  expect(listed?.content.resources).toEqual(['base.yaml', 'cni.yaml', 'istiod.yaml']);
  expect([...objectsOf(delivered, 'HelmRelease').keys()]).not.toContain('east.istio-cni');
});
