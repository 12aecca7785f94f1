/** Checks that server, agents and controller manager agree on how a node is attested. */
import { SPIRE_AGENT } from '../model/names';
import type { OutputRule } from './output-rule';
import { agree, at, pluginOf, spireConfigurations } from './spire-configurations';

export const attestationAgrees: OutputRule = {
  name: 'attestation-agrees',
  looksFor:
    'a cluster name, audience, token path or ServiceAccount of k8s_psat that differs between server, agent and controller manager',
  why: 'no agent attests; or agents do, and entries have a parent that no agent is: pods get "no identity issued".',
  source: 'spire doc/plugin_server_nodeattestor_k8s_psat.md; spire-controller-manager parentIDTemplate',
  check: (objects, cluster, report) => {
    const all = spireConfigurations(objects, cluster);
    const pod = objects.podOf(SPIRE_AGENT.name);
    if (all === undefined || pod === undefined) return;
    const clusters = at(pluginOf(all.server, 'NodeAttestor', 'k8s_psat'), 'clusters') as Readonly<
      Record<string, unknown>
    >;
    const name = cluster.spire.attestation.cluster;
    const own = at(clusters, name);
    const psat = pluginOf(all.agent, 'NodeAttestor', 'k8s_psat');
    agree(report, all.agent.placed, 'attestation cluster', [
      own === undefined ? undefined : name,
      at(psat, 'cluster'),
      at(all.manager.content, 'clusterName'),
    ]);
    const volume = pod.spec.volumes?.find(({ projected }) => projected !== undefined);
    const token = volume?.projected?.sources[0]?.serviceAccountToken;
    const mount = objects.mountPathOf(pod, volume?.name);
    agree(report, pod, 'attestation audience', [at(own, 'audience', 0), token?.audience]);
    agree(report, pod, 'attestation token path', [at(psat, 'token_path'), `${mount}/${token?.path}`]);
    agree(report, pod, 'attestation service account', [
      at(own, 'service_account_allow_list', 0),
      `${cluster.spire.agentNamespace}:${pod.spec.serviceAccountName}`,
    ]);
  },
};
