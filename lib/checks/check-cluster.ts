/** Runs every check on the output of one cluster before it is written. A finding is a fault of this program, not of the fleet. */

import type { ManifestFile } from '../manifests/manifest-file';
import type { ResolvedCluster } from '../model/resolved-fleet';
import { OUTPUT_RULES } from './catalog';
import { ClusterObjects, keyOf } from './cluster-objects';
import type { OutputFault, ReportFault } from './output-fault';
import type { OutputRule } from './output-rule';

export function checkCluster(cluster: ResolvedCluster, files: readonly ManifestFile[]): readonly OutputFault[] {
  return checkBy(OUTPUT_RULES, cluster, files);
}

/** Runs the given rules on the objects of one cluster. */
export function checkBy<Cluster>(
  rules: readonly OutputRule<Cluster>[],
  cluster: Cluster,
  files: readonly ManifestFile[],
): readonly OutputFault[] {
  const faults: OutputFault[] = [];
  const objects = new ClusterObjects(files);
  const report: ReportFault = ({ file, object }, reason) => {
    faults.push({ file, object: keyOf(object), reason });
  };
  for (const { check } of rules) check(objects, cluster, report);
  return faults;
}
