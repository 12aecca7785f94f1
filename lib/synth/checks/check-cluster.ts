/** Runs every check on what is about to be written for one cluster; a finding is a fault of this program, not of the fleet. */
import type { ResolvedCluster } from '../../model/resolved-fleet';
import type { ManifestFile } from '../manifest-file';
import { checkAgreement } from './check-agreement';
import { checkContents } from './check-contents';
import { checkFederation } from './check-federation';
import { checkIdentities } from './check-identities';
import { checkPods } from './check-pods';
import { checkReferences } from './check-references';
import { ClusterObjects, keyOf } from './cluster-objects';
import type { OutputFault, ReportFault } from './fault';

export function checkCluster(cluster: ResolvedCluster, files: readonly ManifestFile[]): readonly OutputFault[] {
  const faults: OutputFault[] = [];
  const objects = new ClusterObjects(files);
  const report: ReportFault = ({ file, object }, reason) => {
    faults.push({ file, object: keyOf(object), reason });
  };
  checkContents(objects, cluster.kubernetes, report);
  checkPods(objects, cluster, report);
  checkReferences(objects, cluster, report);
  checkIdentities(objects, cluster, report);
  checkFederation(objects, cluster, report);
  checkAgreement(objects, cluster, report);
  return faults;
}
