/** The values of Istio's charts for a cluster. Files for Helm and Argo CD hold them, and so do objects of Flux. */
import { helmValues } from '../istio/helm-values';
import type { ResolvedCluster } from '../model/resolved-fleet';

/** Values by chart; none for a cluster without Istio. */
export function chartsOf(cluster: ResolvedCluster): Readonly<Record<string, object>> {
  const { istio } = cluster;
  return istio === undefined ? {} : helmValues({ ...cluster, istio });
}
