/** Finds entries that are below an ID which no agent of the cluster has. */
import { controllerManagerSetting } from '../settings';
import { defineRule } from './rule';

/** What the node attestor of the agents, k8s_psat, gives them. */
const AGENT_ID = 'spiffe://{{.TrustDomain}}/spire/agent/k8s_psat/{{.ClusterName}}/{{.NodeMeta.UID}}';

export const parentIdUnknown = defineRule({
  code: 'parent-id-unknown',
  severity: 'warning',
  waivable: true,
  looksFor: 'a parentIdTemplate other than the SPIFFE ID of the agent of the node',
  why: 'an agent gets the entries below its own ID and below its aliases only. Without a ClusterStaticEntry that makes the ID an alias of agents, no pod gets an SVID, and nothing says so.',
  source: 'spire doc/scaling_spire.md; spire-controller-manager pkg/spireentry/entries.go defaultParentIDTemplate',
  example: { template: 'spiffe://{{ .TrustDomain }}/nodes', agents: AGENT_ID },
  check: ({ written, clusters }, find) => {
    for (const name of clusters.keys()) {
      const { value: template, place } = controllerManagerSetting(written, name, 'parentIdTemplate');
      if (template === undefined || template.replaceAll(' ', '') === AGENT_ID) continue;
      find(place, { template, agents: AGENT_ID });
    }
  },
});
