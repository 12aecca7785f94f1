/** Which object of Argo CD goes into which file, and the steps that set Argo CD up. */
import { LAYERS, type Layer, orderedSteps } from '../../model/delivery/layers';
import { ISTIO } from '../../model/names';
import type { AppliedCluster, ToolFiles, ToolOutput, ToolProps } from '../tool-output';
import { ArgoCdApplications } from './argocd-applications';
import { ArgoCdHealth } from './argocd-health';
import { argoCdPatches } from './argocd-overlay';
import { ArgoCdParent } from './argocd-parent';
import { ArgoCdProject } from './argocd-project';
import type { ResolvedArgoCd } from './argocd-settings';
import { argoCdSteps } from './argocd-steps';

export const argoCdOutput = {
  build: (files: ToolFiles, { fleet, delivery, tool: argocd, clusters }: ToolProps<ResolvedArgoCd>): void => {
    const own = ownCluster(argocd);
    new ArgoCdProject(files.file('project.yaml', own), 'project', {
      fleet,
      delivery,
      argocd,
      clusters: clusters.map(({ cluster: { name, istio }, objects }) => ({
        name,
        objects,
        runsIstio: istio !== undefined,
      })),
    });
    new ArgoCdApplications(files.file('applications.yaml', own), 'applications', {
      fleet,
      delivery,
      argocd,
      applications: clusters.map(({ cluster: { name, istio, gateway, spire } }) => ({
        cluster: name,
        namespace: istio === undefined ? spire.serverNamespace : ISTIO.namespace,
        istio: istio?.version,
        hasCni: istio?.cni ?? false,
        hasGateway: istio !== undefined && gateway !== undefined,
      })),
    });
    new ArgoCdParent(files.file('parent.yaml', own), 'parent', { fleet, delivery, argocd });
    new ArgoCdHealth(files.file('argocd-cm.yaml', own), 'health', argocd);
    files.kustomization('', ['applications.yaml', 'project.yaml']);
    for (const cluster of clusters) addOverlays(files, cluster);
  },
  steps: argoCdSteps,
  objectsOfCluster: 'its Application',
  suspension: 'in Argo CD automated sync off',
} as const satisfies ToolOutput;

/** One overlay for each layer, which patches it, and one for the cluster. */
function addOverlays(files: ToolFiles, { cluster: { name }, steps }: AppliedCluster): void {
  const layers = orderedSteps(steps).filter((step): step is Layer => (LAYERS as readonly string[]).includes(step));
  files.kustomization(name, layers);
  for (const layer of layers) {
    files.kustomization(`${name}/${layer}`, [`../../../${name}/${layer}`], argoCdPatches(layer));
  }
}

/**
 * The cluster that Argo CD runs in; undefined where the fleet does not say that.
 * @see argo-cd pkg/apis/application/v1alpha1/application_defaults.go KubernetesInClusterName
 */
function ownCluster({ clusterNames }: ResolvedArgoCd): string | undefined {
  return Object.keys(clusterNames).find((cluster) => clusterNames[cluster] === 'in-cluster');
}
