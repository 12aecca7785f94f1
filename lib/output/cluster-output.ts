/** Builds, checks and renders one cluster. */

import { checkCluster } from '../checks/check-cluster';
import type { OutputFault } from '../checks/output-fault';
import { buildCluster, istioFolder } from '../manifests/cluster-app';
import { type InventoriedFile, inventoryOf } from '../manifests/inventory';
import { chartsOf } from '../manifests/istio-charts';
import { kustomizationsOf } from '../manifests/kustomizations';
import type { ManifestFile } from '../manifests/manifest-file';
import type { ResolvedCluster } from '../model/resolved-fleet';
import { type Origin, type OutputFile, renderManifests } from './output-file';
import { LIST_FILE, withList } from './written-files';

export interface ClusterOutput {
  /** Empty if there are faults. */
  readonly files: readonly OutputFile[];
  readonly inventory: readonly InventoriedFile[];
  readonly faults: readonly OutputFault[];
}

/** @param origin the source and the command that the first line of each file names */
export function clusterOutput(cluster: ResolvedCluster, origin: Origin): ClusterOutput {
  const manifests = buildCluster(cluster);
  const faults = checkCluster(cluster, manifests);
  const files = faults.length > 0 ? [] : clusterFiles(cluster, manifests, origin);
  return { files, inventory: inventoryOf(manifests), faults };
}

function clusterFiles(
  cluster: ResolvedCluster,
  manifests: readonly ManifestFile[],
  origin: Origin,
): readonly OutputFile[] {
  const values = Object.entries(chartsOf(cluster)).map(([chart, content]) => ({
    path: `${istioFolder(cluster.name)}/${chart}.values.yaml`,
    content,
  }));
  const files = renderFiles(manifests, [...kustomizationsOf(cluster.name, manifests), ...values], origin);
  return withList(files, `${cluster.name}/${LIST_FILE}`, origin);
}

/** Renders manifests, and files that hold one object each. */
export function renderFiles(
  manifests: readonly ManifestFile[],
  others: readonly { readonly path: string; readonly content: object }[],
  origin: Origin,
): readonly OutputFile[] {
  return [
    ...manifests.map(({ path, objects }) => ({ path, text: renderManifests(objects, origin) })),
    ...others.map(({ path, content }) => ({ path, text: renderManifests([content], origin) })),
  ];
}
