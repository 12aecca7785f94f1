/** The node of a SPIRE server is lost, but Kubernetes still has its Node object. */
import { SPIRE_SERVER } from '../../model/names';
import type { ResolvedCluster } from '../../model/resolved-fleet';
import { mostServers } from '../../model/spire/server-settings';
import { needsVolume } from '../../spire-plugins/server-plugins';
import { type Failure, type FailureOf, forSome } from './failure';

/** Only a server with a volume of its own needs its node back, or another one with the same volume. */
export const nodeLost: FailureOf = ({ clusters: all }) => {
  const clusters = all.filter(({ spire, plugins }) => mostServers(spire.server) === 1 && needsVolume(plugins));
  return clusters.length === 0 ? undefined : failureOf(clusters);
};

const failureOf = (clusters: readonly ResolvedCluster[]): Failure => ({
  title: 'The node of a SPIRE server is lost',
  signs: [
    'The pod of the server stays `Terminating` on a node that is `NotReady`. SVIDs of running workloads stay valid for at',
    'least half of their TTL, but new pods get none.',
  ],
  shownBy: forSome(clusters, ({ name, spire }) => [
    `kubectl --context ${name} get pod -n ${spire.serverNamespace} ${SPIRE_SERVER.name}-0 -o wide`,
    `kubectl --context ${name} get nodes`,
  ]),
  remedy: [
    'Make sure that the machine is off, because two servers on one volume would corrupt it. Then add this taint, so that Kubernetes starts the',
    'server on another node with the same volume. When the node is back, remove the taint: run the command again with a `-` at its end.',
  ],
  // A placeholder instead of one command for each cluster, because the commands must not be pasted as a block.
  mendedBy: ['kubectl --context CLUSTER taint node NODE node.kubernetes.io/out-of-service=nodeshutdown:NoExecute'],
});
