/** Which object of Flux goes into which file, and the steps that set Flux up. */
import type { ResolvedCluster } from '../../model/resolved-fleet';
import type { ToolFiles, ToolOutput, ToolProps } from '../tool-output';
import { addFluxCluster } from './flux-cluster';
import { FluxFollower } from './flux-follower';
import { FLUX_FOLDER, fluxName, fluxStepName } from './flux-names';
import { fluxReferences } from './flux-references';
import type { ResolvedFlux } from './flux-settings';
import { FluxSource } from './flux-source';
import { fluxSteps } from './flux-steps';

export const fluxOutput = {
  build: (files: ToolFiles, props: ToolProps<ResolvedFlux>): void => {
    if (props.tool.central) addCentralSource(files, props);
    for (const one of props.clusters) {
      const { cluster } = one;
      if (!props.tool.central) {
        const source = files.file(`${cluster.name}/source.yaml`, cluster.name);
        addSource(source, `${FLUX_FOLDER}/${cluster.name}`, [cluster], props);
      }
      addFluxCluster(files, one, props);
    }
  },
  references: fluxReferences,
  steps: fluxSteps,
  objectsOfCluster: 'its Kustomizations',
  suspension: '`flux suspend kustomization`',
} as const satisfies ToolOutput;

/** One source for all clusters, and for each cluster what keeps its Kustomizations up to date. */
function addCentralSource(files: ToolFiles, props: ToolProps<ResolvedFlux>): void {
  const { fleet, delivery, tool: flux } = props;
  const clusters = props.clusters.map(({ cluster }) => cluster);
  const file = files.file('source.yaml');
  addSource(file, FLUX_FOLDER, clusters, props);
  for (const { name: cluster } of clusters) {
    const name = fluxStepName(cluster, 'delivery');
    const folder = `${FLUX_FOLDER}/${cluster}`;
    new FluxFollower(file, `follower-${cluster}`, { fleet, delivery, flux, name, folder });
  }
  files.kustomization('', ['source.yaml']);
}

function addSource(
  file: ReturnType<ToolFiles['file']>,
  folder: string,
  clusters: readonly ResolvedCluster[],
  { fleet, delivery, tool: flux }: ToolProps<ResolvedFlux>,
): void {
  const charts = clusters.some(({ istio }) => istio !== undefined);
  new FluxSource(file, 'source', { fleet, delivery, flux, charts });
  new FluxFollower(file, 'follower', { fleet, delivery, flux, name: fluxName(fleet), folder });
}
