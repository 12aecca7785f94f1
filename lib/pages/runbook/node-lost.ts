/** The node of a SPIRE server is lost, but Kubernetes still has its Node object. */
import { SPIRE_SERVER } from '../../model/names';
import { type FailureOf, forSome } from './failure';

export const nodeLost: FailureOf = ({ clusters }) => ({
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
