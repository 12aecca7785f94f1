/** A pod gets no SVID: no rule selects it, SPIRE refused its entry, or its agent cannot tell which pod it is. */
import { CONTROLLER_MANAGER } from '../../model/names';
import { ownCommand } from '../../problems/commands';
import { type FailureOf, forSome } from './failure';
import { agentLogs, serverLog } from './logs';

export const podWithoutSvid: FailureOf = ({ clusters }, paths) => ({
  title: 'A pod has no SVID',
  signs: [
    'Its proxy does not become ready, or its program is told `no identity issued`. The first command says which rule is for the pod; run',
    'it in the folder of the fleet file. The others show what agents and controller manager refused:',
  ],
  shownBy: forSome(clusters, (cluster) => [
    `kubectl --context ${cluster.name} get pod POD -n NAMESPACE -o yaml | ${ownCommand(`explain - --cluster ${cluster.name}`, paths)}`,
    agentLogs(cluster, 'No identity issued|not authorized for the requested|Failed to attest|on pods response|x509'),
    serverLog(cluster, 'Failed to', CONTROLLER_MANAGER.name),
  ]),
  remedy: [
    '- No rule is for it: give it the labels and the annotation that `explain` names, and start it anew.',
    '- A rule of "Check that it works" counts under `NOT_RENDERED` or `FAILED`: the controller manager logs why. Most often the bundle of a peer is missing, see "A bundle is out of date".',
    '- An agent logs `x509: cannot validate certificate` or 403 of a kubelet: see the kubelets under "What you provide".',
    ...(clusters.some(({ istio }) => istio !== undefined) ? [REFUSED_BY_GUARD] : []),
  ],
});

const REFUSED_BY_GUARD =
  '- The pod is refused with `asks for a proxy with an identity of SPIRE`: the message says what to change. If only Istio was missing, the controller of the pod retries by itself. After a long outage that can take 15 minutes; `kubectl rollout restart` retries now.';
