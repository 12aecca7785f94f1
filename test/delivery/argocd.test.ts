import { posix } from 'node:path';
import { parse } from 'yaml';
import { LAYERS } from '../../lib/model/delivery/layers';
import { PAIR } from '../resolved';
import { deliver, objectsOf, specOf } from './delivered';

interface Generator {
  readonly list: {
    readonly elements: readonly { readonly [parameter: string]: string }[];
    readonly template: { readonly spec: { readonly sources: readonly Source[] } };
  };
}

interface Source {
  readonly path?: string;
  readonly chart?: string;
  readonly ref?: string;
  readonly repoURL: string;
  readonly helm?: {
    readonly namespace?: string;
    readonly valueFiles: readonly string[];
    readonly valuesObject?: unknown;
  };
}

interface ApplicationSet {
  readonly generators: readonly Generator[];
  readonly syncPolicy: unknown;
  readonly template: { readonly spec: { readonly ignoreDifferences: unknown; readonly syncPolicy: unknown } };
}

interface Project {
  readonly clusterResourceWhitelist: readonly { readonly group: string; readonly kind: string }[];
  readonly namespaceResourceWhitelist: readonly { readonly group: string; readonly kind: string }[];
  readonly destinations: readonly { readonly name: string; readonly namespace: string }[];
  readonly sourceRepos: readonly string[];
}

const BOTH = 'tools: [argocd], argocd: { clusterNames: { east: in-cluster } }';

const kind = ({ group, kind }: { readonly group: string; readonly kind: string }): string => `${group}/${kind}`;

test('lists every cluster with its name in Argo CD and its charts', async () => {
  const { generators } = specOf<ApplicationSet>(await deliver(BOTH), 'ApplicationSet', 'pair');
  const seen = generators.flatMap(({ list }) =>
    list.elements.map(({ cluster, destination, application }) => ({
      cluster,
      destination,
      application,
      charts: list.template.spec.sources.flatMap(({ chart }) => chart ?? []),
    })),
  );
  expect(seen).toEqual([
    { cluster: 'east', destination: 'in-cluster', application: 'pair-east', charts: ['base', 'istiod'] },
    { cluster: 'west', destination: 'west', application: 'pair-west', charts: ['base', 'istiod', 'gateway'] },
  ]);
});

test("installs Istio's CNI plugin where the fleet asks for it, in a namespace that admits it", async () => {
  const text = PAIR.replace('west: {', 'west: { istio: { cni: true },');
  const { generators } = specOf<ApplicationSet>(await deliver(BOTH, text), 'ApplicationSet', 'pair');
  const seen = generators.map(({ list }) => [
    list.elements.map(({ cluster }) => cluster),
    list.template.spec.sources.flatMap(({ chart, helm }) => (chart ? [[chart, helm?.namespace]] : [])),
  ]);
  expect(seen).toEqual([
    [
      ['east'],
      [
        ['base', undefined],
        ['istiod', undefined],
      ],
    ],
    [
      ['west'],
      [
        ['base', undefined],
        ['cni', 'kube-system'],
        ['istiod', undefined],
        ['gateway', undefined],
      ],
    ],
  ]);
});

test('gives the charts the files of values that the output holds', async () => {
  const delivered = await deliver(BOTH);
  const { generators } = specOf<ApplicationSet>(delivered, 'ApplicationSet', 'pair');
  const files = generators.flatMap(({ list }) =>
    list.template.spec.sources.flatMap(({ helm }) => helm?.valueFiles ?? []),
  );
  expect([...new Set(files)]).toEqual(
    ['base', 'istiod', 'gateway'].map((chart) => `$values/dist/istio/{{ .cluster }}/${chart}.values.yaml`),
  );
});

test('removes no cluster by itself', async () => {
  const { syncPolicy } = specOf<ApplicationSet>(await deliver(BOTH), 'ApplicationSet', 'pair');
  expect(syncPolicy).toEqual({ preserveResourcesOnDeletion: true, applicationsSync: 'create-update' });
});

test('ignores nothing but what istiod and the API server write', async () => {
  const { template } = specOf<ApplicationSet>(await deliver(BOTH), 'ApplicationSet', 'pair');
  expect(template.spec.ignoreDifferences).toEqual([
    ...['istio-validator-istio-system', 'istiod-default-validator'].map((name) => ({
      group: 'admissionregistration.k8s.io',
      kind: 'ValidatingWebhookConfiguration',
      name,
      jqPathExpressions: ['.webhooks[]?.failurePolicy'],
    })),
    {
      group: 'apps',
      kind: 'StatefulSet',
      name: 'spire-server',
      jqPathExpressions: [
        '.spec.volumeClaimTemplates[]?.apiVersion',
        '.spec.volumeClaimTemplates[]?.kind',
        '.spec.volumeClaimTemplates[]?.status',
      ],
    },
  ]);
});

test("names the webhooks of which it ignores a field, so that the failure policy of SPIRE's own is applied", async () => {
  const delivered = await deliver(BOTH);
  const { template } = specOf<ApplicationSet>(delivered, 'ApplicationSet', 'pair');
  const ignored = (template.spec.ignoreDifferences as readonly { kind: string; name?: string }[])
    .filter(({ kind: ignoredKind }) => ignoredKind === 'ValidatingWebhookConfiguration')
    .map(({ name }) => name);
  const own = [...delivered.manifestsOf.values()]
    .flat()
    .flatMap(({ objects }) => objects)
    .filter((object) => object.kind === 'ValidatingWebhookConfiguration')
    .map(({ metadata }) => metadata.name);
  expect(own).toContain('spire-controller-manager-webhook');
  expect(ignored).not.toContain(undefined);
  expect(own.filter((name) => ignored.includes(name))).toEqual([]);
});

test('permits each kind that is emitted, and beside them those of the charts alone', async () => {
  const delivered = await deliver(BOTH);
  const project = specOf<Project>(delivered, 'AppProject', 'pair');
  const permitted = new Set([...project.clusterResourceWhitelist, ...project.namespaceResourceWhitelist].map(kind));
  const emitted = [...delivered.manifestsOf.values()]
    .flat()
    .filter(({ layer }) => layer !== undefined)
    .flatMap(({ objects }) => objects)
    .map(({ apiVersion, kind: name }) => `${apiVersion.includes('/') ? apiVersion.split('/')[0] : ''}/${name}`);
  expect(emitted.filter((name) => !permitted.has(name))).toEqual([]);
  expect([...permitted].filter((name) => name.includes('*') || name.endsWith('/Secret'))).toEqual([]);
});

test('permits kinds that a fleet no longer has, so that their objects can be removed', async () => {
  const text = 'fleet: pair\nclusters: { east: { trustDomain: east.test, istio: { dataplane: none } } }';
  const project = specOf<Project>(await deliver('tools: [argocd]', text), 'AppProject', 'pair');
  const full = specOf<Project>(await deliver(BOTH), 'AppProject', 'pair');
  expect(project.clusterResourceWhitelist).toEqual(full.clusterResourceWhitelist);
  expect(project.namespaceResourceWhitelist).toEqual(full.namespaceResourceWhitelist);
  expect(project.sourceRepos).toEqual(['https://git.test/fleet.git']);
  expect(full.destinations).toEqual([
    { name: 'in-cluster', namespace: '*' },
    { name: 'west', namespace: '*' },
  ]);
});

test('names a registry of charts without its scheme, as Argo CD does', async () => {
  const { sourceRepos } = specOf<Project>(
    await deliver('tools: [argocd], charts: oci://ghcr.io/istio/release/charts'),
    'AppProject',
    'pair',
  );
  expect(sourceRepos).toContain('ghcr.io/istio/release/charts');
});

interface Overlay {
  readonly path: string;
  readonly waves: readonly string[];
  readonly options: readonly string[];
}

async function overlays(): Promise<ReadonlyMap<string, Overlay>> {
  const { kustomizations } = await deliver(BOTH);
  return new Map(
    kustomizations
      .filter(({ path }) => path.startsWith('argocd/west/') && path.split('/').length === 4)
      .map(({ path, content }) => {
        const annotations = (content.patches ?? []).map(
          ({ patch }) => (parse(patch) as { metadata: { annotations: Record<string, string> } }).metadata.annotations,
        );
        const pick = (key: string): readonly string[] => annotations.flatMap((found) => found[key] ?? []);
        const layer = path.split('/')[2] ?? '';
        const overlay = {
          path: posix.join(posix.dirname(path), content.resources[0] ?? ''),
          waves: pick('argocd.argoproj.io/sync-wave'),
          options: pick('argocd.argoproj.io/sync-options'),
        };
        return [layer, overlay] as const;
      }),
  );
}

test('orders the layers by waves, below and above the charts, which have none', async () => {
  const waves = [...(await overlays())].map(
    ([
      layer,
      {
        waves: [wave],
      },
    ]) => [layer, Number(wave)] as const,
  );
  expect(waves.map(([layer]) => layer)).toEqual(LAYERS);
  expect([...waves].sort(([, a], [, b]) => a - b)).toEqual(waves);
  for (const [layer, wave] of waves) {
    expect([layer, Math.sign(wave)]).toEqual([
      layer,
      LAYERS.indexOf(layer as never) < LAYERS.indexOf('istio') ? -1 : 1,
    ]);
  }
});

test('starts the gateway after what injects its proxy', async () => {
  const { generators } = specOf<ApplicationSet>(await deliver(BOTH), 'ApplicationSet', 'pair');
  const gateway = generators.flatMap(({ list }) => list.template.spec.sources).find(({ chart }) => chart === 'gateway');
  expect(gateway?.helm?.valuesObject).toEqual({ annotations: { 'argocd.argoproj.io/sync-wave': '20' } });
});

test('patches the very layers that other tools apply', async () => {
  for (const [layer, { path }] of await overlays()) expect(path).toBe(`west/${layer}`);
});

test('keeps definitions, namespaces and the server in every deletion', async () => {
  const seen = await overlays();
  expect(seen.get('crds')?.options).toEqual(['Prune=false,Delete=false']);
  expect(seen.get('namespaces')?.options).toEqual(['Prune=false,Delete=false']);
  expect(seen.get('spire-server')?.options).toEqual(['Delete=false', 'Prune=false,Delete=false']);
  expect(seen.get('workloads')?.options).toEqual([]);
});

test('tries nothing again for a namespace that stays behind, and says so of everything else', async () => {
  const { kustomizations } = await deliver(BOTH);
  const ignoring = kustomizations.filter(({ content }) => JSON.stringify(content).includes('IgnoreExtraneous'));
  expect(ignoring.map(({ path }) => path)).toEqual(
    ['east', 'west'].map((cluster) => `argocd/${cluster}/namespaces/kustomization.yaml`),
  );
});

test('accepts resources whose definition is in the same sync', async () => {
  const seen = await overlays();
  for (const layer of ['identities', 'istio', 'edge']) {
    expect(seen.get(layer)?.options).toEqual(['SkipDryRunOnMissingResource=true']);
  }
});

test('adds no annotations of Argo CD or Flux to the objects of a cluster', async () => {
  const { manifestsOf } = await deliver('tools: [argocd, flux]');
  expect(JSON.stringify([...manifestsOf.values()])).not.toMatch(/argoproj|toolkit\.fluxcd/);
});

test('keeps a resource without a status healthy, and one with failures not', async () => {
  const data = objectsOf(await deliver(BOTH), 'ConfigMap').get('argocd-cm')?.data as Record<string, string>;
  expect(Object.keys(data)).toEqual([
    'resource.customizations.health.spire.spiffe.io_ClusterSPIFFEID',
    'resource.customizations.health.spire.spiffe.io_ClusterStaticEntry',
  ]);
  expect(Object.values(data).every((script) => script.startsWith('hs = { status = "Healthy"'))).toBe(true);
});
