/** Lists what the harness does otherwise than a person with a cluster of the real world would. */
import { FORCED_SETTINGS } from './fleet/install-istio';
import type { Deviation } from './report/report';

const ENVOY =
  'upstream Envoy lacks filters that Istio compiles into its own, and refuses every configuration that names them';

export const DEVIATIONS: readonly Deviation[] = [
  ...Object.entries(FORCED_SETTINGS).map(([key, value]) => ({ what: `istiod runs with ${key}=${value}`, why: ENVOY })),
  {
    what: "where the README says istioctl install, Istio's charts are installed by Helm with the generated values",
    why: 'both ways are generated; istioctl renders the other one, and a proof compares the two',
  },
  {
    what: 'every root is made for the run',
    why: 'the keys of the committed roots are in no repository',
  },
  {
    what: 'as few nodes as the suite needs, most often one; control groups of whatever version the machine has',
    why: 'two cores and their memory carry two control planes, two meshes and their pods',
  },
  {
    what: 'volumes are prepared folders, handed out by a default StorageClass that waits for the first pod',
    why: 'no storage driver is at hand; the kubelet sets their ownership as it does for any volume',
  },
];

/** What the proofs of several servers do otherwise as well. */
export const PRODUCTION_DEVIATIONS: readonly Deviation[] = [
  {
    what: 'nodes beside the first one take no pods but those of DaemonSets until the workloads run, and then only SPIRE servers',
    why: 'a node that is drained takes its pods along; a workload with one replica would fail by that, whatever SPIRE does',
  },
  {
    what: 'the database does not write through to its disk',
    why: 'it does not outlive the machine',
  },
];

/** What the proofs of GitOps tools do otherwise as well. */
export const GITOPS_DEVIATIONS: readonly Deviation[] = [
  {
    what: 'the controllers of Flux and Argo CD run as processes beside the API server of one cluster, with its administrator',
    why: 'their images are in no registry that is at hand, and what they do to clusters does not depend on where they run',
  },
  {
    what: "Istio's charts come from a chart repository of the run, packed from the pinned module with the settings above",
    why: 'the repository that the fleet names by default is out of reach',
  },
  {
    what: 'these charts do not scale istiod and the gateway',
    why: 'there is no metrics server, without which Argo CD takes an autoscaler for degraded',
  },
  {
    what: 'Flux asks whether a dependency is ready every 3 s, and Argo CD compares every 10 s',
    why: 'the defaults of 30 s and 2 minutes would be waited for again and again',
  },
];
