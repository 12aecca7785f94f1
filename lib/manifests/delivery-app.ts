/** The table of contents of flux/ and argocd/: which delivery construct goes into which file. */
import { App } from 'cdk8s';
import { ArgoCdApplications } from '../delivery/argocd-applications';
import { ArgoCdHealth } from '../delivery/argocd-health';
import { argoCdPatches } from '../delivery/argocd-overlay';
import { ArgoCdParent } from '../delivery/argocd-parent';
import { ArgoCdProject } from '../delivery/argocd-project';
import type { DeliveryProps } from '../delivery/delivery-props';
import { FluxFollower } from '../delivery/flux-follower';
import { FluxLayer } from '../delivery/flux-layer';
import { FluxRelease, type IstioChart } from '../delivery/flux-release';
import { FluxSource } from '../delivery/flux-source';
import type { ResolvedArgoCd } from '../gitops/argocd';
import { ARGOCD_FOLDER } from '../gitops/argocd';
import type { ResolvedFlux } from '../gitops/flux';
import { FLUX_FOLDER, fluxName, fluxStepName } from '../gitops/flux';
import { type DeliveryStep, INSTALLATIONS, LAYERS, type Layer, needsOf, orderedSteps } from '../model/delivery/layers';
import { ISTIO } from '../model/names';
import type { ResolvedCluster, ResolvedFleet } from '../model/resolved-fleet';
import type { InventoriedFile, InventoryOf } from './inventory';
import { chartsOf } from './istio-charts';
import { type Kustomization, kustomization } from './kustomizations';
import { ManifestChart, type ManifestFile, manifestFilesOf } from './manifest-file';

export interface DeliveryFiles {
  readonly manifests: readonly ManifestFile[];
  readonly kustomizations: readonly Kustomization[];
}

/** Builds the objects for the GitOps tools that the fleet names; none if it names no tool. */
export function buildDelivery({ name, clusters, delivery }: ResolvedFleet, inventory: InventoryOf): DeliveryFiles {
  if (delivery === undefined) return { manifests: [], kustomizations: [] };
  const props = { fleet: name, delivery };
  const delivered = clusters.map((cluster) => ({ cluster, files: inventory(cluster) }));
  const trees = [
    ...(delivery.flux === undefined ? [] : [buildFlux(delivered, delivery.flux, props)]),
    ...(delivery.argocd === undefined ? [] : [buildArgoCd(delivered, delivery.argocd, props)]),
  ];
  return {
    manifests: trees.flatMap(({ manifests }) => manifests),
    kustomizations: trees.flatMap(({ kustomizations }) => kustomizations),
  };
}

interface Delivered {
  readonly cluster: ResolvedCluster;
  readonly files: readonly InventoriedFile[];
}

/** The layers and charts that a cluster applies. */
export function stepsOf({ cluster, files }: Delivered): ReadonlySet<DeliveryStep> {
  const layers = LAYERS.filter((layer) => files.some((file) => file.layer === layer));
  const charts = chartsOf(cluster);
  return new Set<DeliveryStep>([
    ...layers,
    ...(charts.istiod === undefined ? [] : (['istio-install'] as const)),
    ...(charts.gateway === undefined ? [] : (['istio-gateway'] as const)),
  ]);
}

const CHARTS: Readonly<Record<(typeof INSTALLATIONS)[number], readonly IstioChart[]>> = {
  'istio-install': ['base', 'cni', 'istiod'],
  'istio-gateway': ['gateway'],
};

function buildFlux(delivered: readonly Delivered[], flux: ResolvedFlux, props: DeliveryProps): DeliveryFiles {
  const app = new App();
  const kustomizations: Kustomization[] = [];
  const source = (folder: string, clusters: readonly ResolvedCluster[]): ManifestChart => {
    const file = new ManifestChart(app, `${folder}/source.yaml`);
    const charts = clusters.some(({ istio }) => istio !== undefined);
    new FluxSource(file, 'source', { ...props, flux, charts });
    new FluxFollower(file, 'follower', { ...props, flux, name: fluxName(props.fleet), folder });
    return file;
  };
  if (flux.central) {
    const file = source(
      FLUX_FOLDER,
      delivered.map(({ cluster }) => cluster),
    );
    for (const { cluster } of delivered) {
      const name = fluxStepName(cluster.name, 'delivery');
      new FluxFollower(file, `follower-${cluster.name}`, {
        ...props,
        flux,
        name,
        folder: `${FLUX_FOLDER}/${cluster.name}`,
      });
    }
    kustomizations.push(kustomization(`${FLUX_FOLDER}/kustomization.yaml`, ['source.yaml']));
  }
  for (const one of delivered) {
    const folder = `${FLUX_FOLDER}/${one.cluster.name}`;
    if (!flux.central) source(folder, [one.cluster]);
    kustomizations.push(
      kustomization(`${folder}/kustomization.yaml`, ['layers.yaml', ...(flux.central ? [] : ['source.yaml'])]),
      ...addFluxCluster(app, one, flux, props),
    );
  }
  return { manifests: manifestFilesOf(app), kustomizations };
}

function addFluxCluster(app: App, one: Delivered, flux: ResolvedFlux, props: DeliveryProps): readonly Kustomization[] {
  const { cluster } = one;
  const folder = `${FLUX_FOLDER}/${cluster.name}`;
  const layers = new ManifestChart(app, `${folder}/layers.yaml`);
  const present = stepsOf(one);
  const isChart = (step: DeliveryStep): boolean => (INSTALLATIONS as readonly string[]).includes(step);
  for (const step of orderedSteps(present)) {
    new FluxLayer(layers, step, {
      ...props,
      flux,
      cluster: cluster.name,
      step,
      needs: needsOf(step, present),
      folder: isChart(step) ? `${folder}/${step}` : `${cluster.name}/${step}`,
      remote: !isChart(step),
    });
  }
  const values = chartsOf(cluster);
  const charts = (Object.keys(values) as IstioChart[]).sort();
  return INSTALLATIONS.filter((step) => present.has(step)).map((step) => {
    const ofStep = CHARTS[step].filter((chart) => charts.includes(chart));
    for (const chart of ofStep) {
      const release = new ManifestChart(app, `${folder}/${step}/${chart}.yaml`);
      const version = cluster.istio?.version ?? '';
      const common = { ...props, flux, cluster: cluster.name, charts };
      new FluxRelease(release, chart, { ...common, chart, version, values: values[chart] });
    }
    return kustomization(
      `${folder}/${step}/kustomization.yaml`,
      ofStep.map((chart) => `${chart}.yaml`),
    );
  });
}

function buildArgoCd(delivered: readonly Delivered[], argocd: ResolvedArgoCd, props: DeliveryProps): DeliveryFiles {
  const app = new App();
  const file = (name: string): ManifestChart => new ManifestChart(app, `${ARGOCD_FOLDER}/${name}.yaml`);
  new ArgoCdProject(file('project'), 'project', {
    ...props,
    argocd,
    clusters: delivered.map(({ cluster, files }) => ({
      name: cluster.name,
      objects: files.filter(({ layer }) => layer !== undefined).flatMap(({ objects }) => objects),
      runsIstio: cluster.istio !== undefined,
    })),
  });
  new ArgoCdApplications(file('applications'), 'applications', {
    ...props,
    argocd,
    applications: delivered.map(({ cluster: { name, istio, gateway, spire } }) => ({
      cluster: name,
      namespace: istio === undefined ? spire.serverNamespace : ISTIO.namespace,
      istio: istio?.version,
      hasCni: istio?.cni ?? false,
      hasGateway: istio !== undefined && gateway !== undefined,
    })),
  });
  new ArgoCdParent(file('parent'), 'parent', { ...props, argocd });
  new ArgoCdHealth(file('argocd-cm'), 'health', argocd);
  return {
    manifests: manifestFilesOf(app),
    kustomizations: [
      kustomization(`${ARGOCD_FOLDER}/kustomization.yaml`, ['applications.yaml', 'project.yaml']),
      ...delivered.flatMap((one) => overlaysOf(one)),
    ],
  };
}

/** One overlay for each layer, which patches it, and one for the cluster. */
function overlaysOf(one: Delivered): readonly Kustomization[] {
  const { name } = one.cluster;
  const present = stepsOf(one);
  const layers = orderedSteps(present).filter((step): step is Layer => (LAYERS as readonly string[]).includes(step));
  return [
    kustomization(`${ARGOCD_FOLDER}/${name}/kustomization.yaml`, layers),
    ...layers.map((layer) =>
      kustomization(
        `${ARGOCD_FOLDER}/${name}/${layer}/kustomization.yaml`,
        [`../../../${name}/${layer}`],
        argoCdPatches(layer),
      ),
    ),
  ];
}
