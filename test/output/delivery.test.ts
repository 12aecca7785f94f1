/** The objects for GitOps tools against the rest of the output: what they name is there, and what is there is listed. */
import { readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { checkDelivery } from '../../lib/checks/check-delivery';
import type { DeliveryFiles } from '../../lib/manifests/delivery-app';
import { kustomization } from '../../lib/manifests/kustomizations';
import { synthesize } from '../../lib/output/synthesize';
import { deliver, objectsOf } from '../delivery/delivered';
import { PAIR, resolveText } from '../resolved';
import { NOW } from '../support';

const EXAMPLE = join(__dirname, '..', '..', 'examples', 'hub-and-spoke', 'fleet.yaml');
const files = new Map(
  (synthesize(EXAMPLE, { now: NOW }).output?.files ?? []).map(({ path, text }) => [path, text] as const),
);

test('lists every file below a kustomization, in all its folders', () => {
  const listed = new Set<string>();
  const visit = (path: string): void => {
    const { resources } = parse(files.get(path) ?? '') as { readonly resources: readonly string[] };
    for (const resource of resources) {
      const target = posix.join(dirname(path), resource);
      listed.add(target);
      if (!target.endsWith('.yaml')) visit(posix.join(target, 'kustomization.yaml'));
    }
  };
  const kustomizations = [...files.keys()].filter((path) => path.endsWith('/kustomization.yaml'));
  expect(kustomizations.length).toBeGreaterThan(50);
  for (const path of kustomizations) visit(path);
  const alone = /^(istio|partners)\/|files\.lock$|^(README\.md|fleet\.lock\.yaml|argocd\/(argocd-cm|parent)\.yaml)$/;
  const missing = [...files.keys()].filter(
    (path) => !path.endsWith('kustomization.yaml') && !alone.test(path) && !listed.has(path),
  );
  expect(missing).toEqual([]);
  for (const path of listed)
    expect([path, files.has(path) || files.has(`${path}/kustomization.yaml`)]).toEqual([path, true]);
});

test('says in the README what both tools take', () => {
  const readme = files.get('README.md') ?? '';
  expect(readme).toContain('kubectl --context MANAGEMENT apply --server-side -k flux');
  expect(readme).toContain('kubectl --context ARGOCD apply --server-side -f argocd/parent.yaml');
  expect(readme.match(/--from-file=value=/g)).toHaveLength(3);
});

test('carries in each release of the example what the file of values beside it holds', () => {
  const releases = [...files].filter(([path]) => /^flux\/.*\/(base|istiod|gateway)\.yaml$/.test(path));
  expect(releases).toHaveLength(8);
  for (const [path, text] of releases) {
    const [, cluster = '', , file = ''] = path.split('/');
    const [release] = parseAllDocuments(text).map((document) => document.toJS() as { spec: { values: unknown } });
    expect(release?.spec.values).toEqual(
      parse(files.get(`istio/${cluster}/${file.replace('.yaml', '.values.yaml')}`) ?? ''),
    );
  }
});

test('writes nothing for GitOps tools that a fleet does not name', async () => {
  const { fleet } = await resolveText(PAIR);
  expect(fleet?.delivery).toBeUndefined();
  const walkthrough = synthesize(join(__dirname, '..', '..', 'fleet.yaml'), { now: NOW }).output?.files ?? [];
  expect(walkthrough.filter(({ path }) => /^(flux|argocd)\//.test(path))).toEqual([]);
  expect(readFileSync(join(__dirname, '..', '..', 'dist', 'README.md'), 'utf8')).not.toContain('GitOps');
});

test('writes for the tools that a fleet names, each alone or both', async () => {
  const toolsOf = async (tools: string): Promise<readonly string[]> => [
    ...new Set((await deliver(`tools: [${tools}]`)).manifests.map(({ path }) => path.split('/')[0] ?? '')),
  ];
  expect(await toolsOf('flux')).toEqual(['flux']);
  expect(await toolsOf('argocd')).toEqual(['argocd']);
  expect(await toolsOf('argocd, flux')).toEqual(['flux', 'argocd']);
});

async function faultsOf(
  change: (files: DeliveryFiles) => DeliveryFiles,
  delivery = 'tools: [argocd, flux]',
  text = PAIR,
): Promise<readonly string[]> {
  const delivered = await deliver(delivery, text);
  const paths = [...delivered.manifestsOf].flatMap(([cluster, manifests]) =>
    manifests.map(({ layer }) => `${cluster}/${layer}/kustomization.yaml`),
  );
  return checkDelivery(change(delivered), delivered.fleet, () => paths).map(({ reason }) => reason);
}

function withSpec(delivered: DeliveryFiles, name: string, change: object): DeliveryFiles {
  const object = objectsOf(delivered, 'Kustomization').get(name);
  if (object === undefined) throw new Error(`no Kustomization is named ${name}`);
  const changed = { ...object, spec: { ...(object.spec as object), ...change } };
  return {
    ...delivered,
    manifests: delivered.manifests.map((file) => ({
      ...file,
      objects: file.objects.map((one) => (one === object ? changed : one)),
    })),
  };
}

test('finds no fault in what is written', async () => {
  expect(await faultsOf((delivered) => delivered)).toEqual([]);
});

test('finds a folder that is not written', async () => {
  const faults = await faultsOf((delivered) => withSpec(delivered, 'east.edge', { path: './dist/east/egde' }));
  expect(faults).toEqual(['applies ./dist/east/egde, which is not written']);
});

test('finds a dependency that is not written', async () => {
  const faults = await faultsOf((delivered) =>
    withSpec(delivered, 'east.edge', { dependsOn: [{ name: 'east.mesh' }] }),
  );
  expect(faults).toEqual(['waits for Kustomization east.mesh, which is not written']);
});

test('finds steps that wait for each other', async () => {
  const faults = await faultsOf((delivered) =>
    withSpec(delivered, 'east.spire-server', { dependsOn: [{ name: 'east.spire-agent' }] }),
  );
  expect(faults).toEqual(['waits for itself', 'waits for itself']);
});

test('finds a field that the definition does not have', async () => {
  const faults = await faultsOf((delivered) => withSpec(delivered, 'east.edge', { waits: true }));
  expect(faults).toEqual([expect.stringContaining('"waits"')]);
});

/** Adds an object to a file, of a kind that Kubernetes has since 1.30. */
function withPolicy(delivered: DeliveryFiles, path: string): DeliveryFiles {
  const policy = { apiVersion: 'admissionregistration.k8s.io/v1', kind: 'ValidatingAdmissionPolicy' };
  const added = { ...policy, metadata: { name: 'a' }, spec: {} };
  return {
    ...delivered,
    manifests: delivered.manifests.map((file) =>
      file.path === path ? { ...file, objects: [...file.objects, added] } : file,
    ),
  };
}

test.each([
  ['the cluster with its own Flux, which is older', 'tools: [flux]', 'flux/east/istio-install/base.yaml', 1],
  ['the cluster with its own Flux, which is newer', 'tools: [flux]', 'flux/west/istio-install/base.yaml', 0],
  [
    'every cluster, for one Flux',
    'tools: [flux], flux: { runs: in-one-cluster }',
    'flux/west/istio-install/base.yaml',
    1,
  ],
  ['every cluster, for an Argo CD that runs anywhere', 'tools: [argocd]', 'argocd/argocd-cm.yaml', 1],
  [
    'the cluster in which Argo CD runs, which is newer',
    'tools: [argocd], argocd: { clusterNames: { west: in-cluster } }',
    'argocd/argocd-cm.yaml',
    0,
  ],
])('holds objects against the Kubernetes of %s', async (_where, delivery, path, faults) => {
  const older = PAIR.replace('east: {', "east: { versions: { kubernetes: '1.29', istio: 1.27.0 },");
  const found = await faultsOf((delivered) => withPolicy(delivered, path), delivery, older);
  expect(found).toEqual(Array(faults).fill('no schema for admissionregistration.k8s.io/v1/ValidatingAdmissionPolicy'));
});

test('finds a kustomization that lists what is not written', async () => {
  const faults = await faultsOf((delivered) => ({
    ...delivered,
    kustomizations: [...delivered.kustomizations, kustomization('flux/kustomization.yaml', ['sources.yaml'])],
  }));
  expect(faults).toEqual(['lists sources.yaml, which is not written']);
});
