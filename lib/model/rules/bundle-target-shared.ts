/** Finds publishers that write to one object. */
import type { FleetPath } from '../../problems/problem';
import { BUNDLE_CONFIG_MAP } from '../names';
import { placedPublishers } from '../spire/resolve-plugins';
import { defineRule } from './rule';

export const bundleTargetShared = defineRule({
  code: 'bundle-target-shared',
  severity: 'error',
  looksFor: 'two publishers of the trust bundle that write to one object, also under different keys',
  why: 'SPIRE applies a ConfigMap as a whole, each time under the same field manager, so the API server removes the key that the other publisher wrote. Agents that find no bundle do not start.',
  source:
    'spire pkg/server/plugin/bundlepublisher/k8sconfigmap/client.go; https://kubernetes.io/docs/reference/using-api/server-side-apply/#field-management',
  example: { target: 'istio-system/spire-bundle', first: ['clusters', 'cluster1', 'spire'] },
  check: ({ written, clusters }, find) => {
    for (const [name, { spire, plugins }] of clusters) {
      const agents = `${spire.agentNamespace}/${BUNDLE_CONFIG_MAP.name}`;
      const taken = new Map<string, FleetPath | undefined>([[agents, undefined]]);
      for (const { plan, place } of placedPublishers(written, name, plugins)) {
        const { target } = plan;
        if (taken.has(target)) find(place, { target, first: taken.get(target) }, { atKey: true });
        else taken.set(target, place);
      }
    }
  },
});
