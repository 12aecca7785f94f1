/** Checks that all objects of a cluster name the same trust domain. */

import type { OutputRule } from './output-rule';
import { agree, at, spireConfigurations } from './spire-configurations';

export const trustDomainAgrees: OutputRule = {
  name: 'trust-domain-agrees',
  looksFor:
    "a trust domain in the configuration of server, agent, controller manager or Istio other than the cluster's",
  why: 'the server refuses its agents, or proxies refuse the SVIDs of their own mesh.',
  source: 'https://istio.io/latest/docs/ops/integrations/spire/; spire doc/spire_agent.md',
  check: (objects, cluster, report) => {
    const all = spireConfigurations(objects, cluster);
    if (all === undefined) return;
    const [operator] = objects.ofKind('IstioOperator');
    agree(report, all.server.placed, 'trust domain', [
      cluster.trustDomain,
      at(all.server.content, 'server', 'trust_domain'),
      at(all.agent.content, 'agent', 'trust_domain'),
      at(all.manager.content, 'trustDomain'),
      ...(operator === undefined ? [] : [at(operator.object.spec, 'meshConfig', 'trustDomain')]),
    ]);
  },
};
