/** Finds pods of the fleet in namespaces that the fleet tells SPIRE to ignore. */
import type { FleetPath } from '../../problems/problem';
import { ISTIO } from '../names';
import { controllerManagerSetting } from '../settings';
import { ignores } from '../spire/controller-manager-settings';
import { defineRule } from './rule';

export const namespaceIgnored = defineRule({
  code: 'namespace-ignored',
  severity: 'error',
  looksFor: 'a workload, or the ingress gateway, in a namespace that ignoredNamespaces lists or matches',
  why: 'the controller manager makes no entries for pods of an ignored namespace, without an error. Their proxies never start.',
  source: 'spire-controller-manager pkg/namespace; pkg/spireentry/reconciler.go NamespacesIgnored',
  example: { namespace: 'shop', pattern: 'sh*', pods: 'its pods', at: ['spire', 'controllerManager'] },
  check: ({ written, clusters, workloads }, find) => {
    for (const [name, cluster] of clusters) {
      const { value: patterns = [], place } = controllerManagerSetting(written, name, 'ignoredNamespaces');
      const check = (namespace: string, pods: string, path: FleetPath): void => {
        const index = patterns.findIndex((pattern) => ignores(pattern, namespace));
        const pattern = patterns[index];
        if (pattern !== undefined) find(path, { namespace, pattern, pods, at: [...place, index] });
      };
      if (cluster.written.gateway !== undefined) {
        check(ISTIO.namespace, 'the ingress gateway', ['clusters', name, 'gateway']);
      }
      for (const { namespace, written: keys, place: own } of workloads.filter((one) => one.cluster === name)) {
        check(namespace, 'its pods', keys.namespace === undefined ? own : [...own, 'namespace']);
      }
    }
  },
});
