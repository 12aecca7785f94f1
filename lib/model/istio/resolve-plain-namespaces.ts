/** Resolves the namespaces of a mesh that accept plain text beside mutual TLS, and reports those whose pods have no proxies. */
import type { Fleet } from '../../fleet/schema';
import type { Report } from '../../problems/problem';
import { problemAtKey } from '../../problems/problem';
import { reservedNamespaces } from '../names';
import type { ResolvedIstio } from '../resolved-fleet';
import { setting } from '../settings';
import { spireNamespaces } from '../spire/resolve-spire';

/** Sorted by name. */
export function resolvePlainNamespaces(fleet: Fleet, cluster: string, report: Report): ResolvedIstio['plainText'] {
  const { value = {}, place } = setting(fleet, cluster, 'istio', 'plainText');
  // In Istio's own namespace, an exception would be one for the whole mesh.
  const owners = reservedNamespaces(Object.values(spireNamespaces(fleet, cluster)));
  for (const namespace of Object.keys(value)) {
    const owner = owners.get(namespace);
    if (owner !== undefined) {
      const because = `the namespace belongs to ${owner}, and has no proxies of the mesh`;
      report(problemAtKey([...place, namespace], 'not-applicable', { key: namespace, because }));
    }
  }
  return Object.entries(value)
    .map(([namespace, { because }]) => ({ namespace, because }))
    .sort((a, b) => (a.namespace < b.namespace ? -1 : 1));
}
