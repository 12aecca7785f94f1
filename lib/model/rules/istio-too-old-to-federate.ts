/** Finds clusters whose Istio is older than its maintainers support with federated trust domains. */
import { lt } from 'semver';
import { setting } from '../settings';
import { istioRunsOn, oldestKubernetesOf } from '../versions';
import { defineRule } from './rule';

const SINCE = '1.29.2';

export const istioTooOldToFederate = defineRule({
  code: 'istio-too-old-to-federate',
  severity: 'warning',
  waivable: true,
  looksFor: 'a federated cluster with Istio before 1.29.2',
  why: 'proxies of earlier versions match SPIFFE IDs of other trust domains in ways that were corrected later. Calls that end at a gateway, as all calls between clusters of a fleet do, were not affected.',
  source: 'sail-operator docs/integrations/spire (multicluster warning); istio/istio#56371',
  example: { version: '1.27.0', since: SINCE },
  check: ({ written, clusters, graph }, find) => {
    for (const [name, { istio, kubernetes: runs }] of clusters) {
      if (istio === undefined || graph.peersOf(name).length === 0 || !lt(istio.version, SINCE)) continue;
      const kubernetes = istioRunsOn(SINCE, runs) ? undefined : { runs, needed: oldestKubernetesOf(SINCE) };
      find(setting(written, name, 'versions', 'istio').place, { version: istio.version, since: SINCE, kubernetes });
    }
  },
});
