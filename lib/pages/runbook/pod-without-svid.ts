/** A pod gets no SVID: no rule selects it, SPIRE refused its entry, or its agent cannot tell which pod it is. */
import { CONTROLLER_MANAGER } from '../../model/names';
import { ownCommand } from '../../problems/commands';
import { type FailureOf, forSome } from './failure';
import { agentLogs, serverLog } from './logs';

export const podWithoutSvid: FailureOf = ({ clusters }, paths) => ({
  title: 'A pod has no SVID',
  signs: [
    'Its proxy does not become ready, or its program gets the error `no identity issued`. The first command shows which ClusterSPIFFEID',
    'selects the pod; run it in the folder of the fleet file. The others show errors of the agents and of the controller manager:',
  ],
  shownBy: forSome(clusters, (cluster) => [
    `kubectl --context ${cluster.name} get pod POD -n NAMESPACE -o yaml | ${ownCommand(`explain - --cluster ${cluster.name}`, paths)}`,
    agentLogs(cluster, 'No identity issued|not authorized for the requested|Failed to attest|on pods response|x509'),
    serverLog(cluster, 'Failed to', CONTROLLER_MANAGER.name),
  ]),
  remedy: [
    '- No ClusterSPIFFEID selects it: add the labels and the annotation that `explain` names, and restart it.',
    '- A ClusterSPIFFEID has a count under `NOT_RENDERED` or `FAILED` (see "Check that it works"): the controller manager logs the reason. Usually the bundle of a peer is missing; see "A bundle is out of date".',
    '- An agent logs `x509: cannot validate certificate` or a 403 of a kubelet: see the requirements for kubelets under "What you provide".',
    ...(clusters.some(({ istio }) => istio !== undefined) ? [REFUSED_BY_GUARD] : []),
  ],
});

const REFUSED_BY_GUARD =
  '- The pod is refused with `asks for a proxy with an identity of SPIRE`: the message says what to change. If istiod was not running yet, the controller of the pod retries by itself. After a long outage that can take 15 minutes; `kubectl rollout restart` retries at once.';
