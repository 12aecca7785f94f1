/** Checks that agents serve certificates under the names that Istio's proxies request. */

import type { OutputRule } from './output-rule';
import { agree, at, spireConfigurations } from './spire-configurations';

/** The agent's names for the secrets that a proxy requests, as they must be when trust domains federate. */
const NAMES = { default_svid_name: 'default', default_bundle_name: 'null', default_all_bundles_name: 'ROOTCA' };

export const sdsNamesForIstio: OutputRule = {
  name: 'sds-names-for-istio',
  looksFor: "names of secrets in agent.conf other than those that Istio's proxies ask for",
  why: "with SPIRE's own defaults, proxies get only the roots of their own trust domain. The bundles federate, but every call to another trust domain fails with CERTIFICATE_VERIFY_FAILED.",
  source: 'https://istio.io/latest/docs/ops/integrations/spire/; spiffe/spire#3503',
  check: (objects, cluster, report) => {
    const agent = spireConfigurations(objects, cluster)?.agent;
    if (agent === undefined || cluster.istio === undefined) return;
    for (const [name, value] of Object.entries(NAMES)) {
      agree(report, agent.placed, `sds ${name}`, [value, at(agent.content, 'agent', 'sds', name)]);
    }
  },
};
