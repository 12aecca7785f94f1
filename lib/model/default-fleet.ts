/** A fleet that leaves everything to the defaults, for constructs that are used without one. */
import type { Fleet } from '../fleet/schema';
import { resolveKubernetes } from './istio/resolve-istio';

/** Name of a cluster that is given none. */
export const DEFAULT_CLUSTER = 'cluster';

export const NOTHING_SAID: Fleet = { fleet: 'none', clusters: { [DEFAULT_CLUSTER]: { trustDomain: 'example.org' } } };

/** Minor version of Kubernetes where none is given. */
export const DEFAULT_KUBERNETES: string = resolveKubernetes(NOTHING_SAID, DEFAULT_CLUSTER);
