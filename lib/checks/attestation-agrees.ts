/** Checks that server, agents and controller manager agree on how a node is attested. */
import { SPIRE_AGENT } from '../model/names';
import { OWN_AGENTS_ATTESTOR } from '../spire-plugins/node-attestor/catalog';
import type { OutputRule } from './output-rule';
import { agree, at, pluginOf, spireConfigurations } from './spire-configurations';

export const attestationAgrees: OutputRule = {
  name: 'attestation-agrees',
  looksFor:
    'a cluster name, audience, token path or ServiceAccount of k8s_psat that differs between server, agent and controller manager',
  why: 'no agent attests. Or agents attest but entries name another parent, and pods get "no identity issued".',
  source: 'spire doc/plugin_server_nodeattestor_k8s_psat.md; spire-controller-manager parentIDTemplate',
  check: (objects, cluster, report) => {
    const all = spireConfigurations(objects, cluster);
    const pod = objects.podOf(SPIRE_AGENT.name);
    if (all === undefined || pod === undefined) return;
    const { plugin } = cluster.plugins.agentAttestor;
    const volume = pod.spec.volumes?.find(({ projected }) => projected !== undefined);
    const token = volume?.projected?.sources[0]?.serviceAccountToken;
    const agreements = OWN_AGENTS_ATTESTOR.agreements({
      cluster: cluster.name,
      server: pluginOf(all.server, 'NodeAttestor', plugin),
      agent: pluginOf(all.agent, 'NodeAttestor', plugin),
      managerCluster: at(all.manager.content, 'clusterName'),
      token: { audience: token?.audience, path: `${objects.mountPathOf(pod, volume?.name)}/${token?.path}` },
      serviceAccount: `${cluster.spire.agentNamespace}:${pod.spec.serviceAccountName}`,
    });
    for (const { what, values } of agreements) agree(report, pod, what, values);
  },
};
