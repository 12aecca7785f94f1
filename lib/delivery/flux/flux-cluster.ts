/** The Kustomizations and HelmReleases of Flux for one cluster. */
import { type DeliveryStep, INSTALLATIONS, needsOf, orderedSteps } from '../../model/delivery/layers';
import type { AppliedCluster, IstioChart, ToolFiles, ToolProps } from '../tool-output';
import { FluxLayer } from './flux-layer';
import { FLUX_FOLDER } from './flux-names';
import { FluxRelease } from './flux-release';
import type { ResolvedFlux } from './flux-settings';

type Installation = (typeof INSTALLATIONS)[number];

/** The charts of each step. */
const CHARTS: Readonly<Record<Installation, readonly IstioChart[]>> = {
  'istio-install': ['base', 'cni', 'istiod'],
  'istio-gateway': ['gateway'],
};

export function addFluxCluster(files: ToolFiles, one: AppliedCluster, props: ToolProps<ResolvedFlux>): void {
  addLayers(files, one, props);
  addReleases(files, one, props);
}

/** A Flux of the cluster itself has its source in the same folder. */
function addLayers(
  files: ToolFiles,
  { cluster, steps }: AppliedCluster,
  { fleet, delivery, tool: flux }: ToolProps<ResolvedFlux>,
): void {
  const layers = files.file(`${cluster.name}/layers.yaml`, appliedTo(cluster.name, flux));
  for (const step of orderedSteps(steps)) {
    const isChart = isInstallation(step);
    new FluxLayer(layers, step, {
      fleet,
      delivery,
      flux,
      cluster: cluster.name,
      step,
      needs: needsOf(step, steps),
      folder: isChart ? `${FLUX_FOLDER}/${cluster.name}/${step}` : `${cluster.name}/${step}`,
      remote: !isChart,
    });
  }
  files.kustomization(cluster.name, ['layers.yaml', ...(flux.central ? [] : ['source.yaml'])]);
}

function addReleases(
  files: ToolFiles,
  { cluster, steps, charts: values }: AppliedCluster,
  { fleet, delivery, tool: flux }: ToolProps<ResolvedFlux>,
): void {
  const { name, istio } = cluster;
  if (istio === undefined) return;
  const charts = Object.keys(values) as IstioChart[];
  for (const step of INSTALLATIONS.filter((one) => steps.has(one))) {
    const ofStep = CHARTS[step].filter((chart) => charts.includes(chart));
    for (const chart of ofStep) {
      const release = files.file(`${name}/${step}/${chart}.yaml`, appliedTo(name, flux));
      const { version } = istio;
      new FluxRelease(release, chart, {
        fleet,
        delivery,
        flux,
        cluster: name,
        chart,
        version,
        values: values[chart],
        charts,
      });
    }
    files.kustomization(
      `${name}/${step}`,
      ofStep.map((chart) => `${chart}.yaml`),
    );
  }
}

/** The cluster with the objects of Flux; undefined for a central Flux, because the fleet does not say where that runs. */
function appliedTo(cluster: string, { central }: ResolvedFlux): string | undefined {
  return central ? undefined : cluster;
}

function isInstallation(step: DeliveryStep): step is Installation {
  return (INSTALLATIONS as readonly string[]).includes(step);
}
