/** Checks that the controller manager ignores exactly the listed namespaces. */

import type { OutputRule } from './output-rule';
import { at, spireConfigurations } from './spire-configurations';

export const ignoredNamespacesAnchored: OutputRule = {
  name: 'ignored-namespaces-anchored',
  looksFor: 'a pattern under ignoreNamespaces without ^ and $, or a pattern that matches a namespace with workloads',
  why: 'the patterns are unanchored regular expressions: "default" also ignores "my-default-ns", whose pods then get no SVID.',
  source: 'spire-controller-manager pkg/namespace',
  check: (objects, cluster, report) => {
    const manager = spireConfigurations(objects, cluster)?.manager;
    if (manager === undefined) return;
    const patterns = (at(manager.content, 'ignoreNamespaces') ?? []) as readonly string[];
    for (const pattern of patterns.filter((text) => !/^\^.*\$$/.test(text))) {
      report(manager.placed, `ignores ${pattern}, which also matches longer names`);
    }
    const { serverNamespace, agentNamespace } = cluster.spire;
    for (const { name } of cluster.namespaces) {
      if (name === serverNamespace || name === agentNamespace) continue;
      const pattern = patterns.find((text) => new RegExp(text).test(name));
      if (pattern !== undefined) report(manager.placed, `ignores ${name} by ${pattern}; its pods would get no SVID`);
    }
  },
};
