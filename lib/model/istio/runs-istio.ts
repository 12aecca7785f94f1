/** Whether a cluster runs Istio. */
import type { Fleet } from '../../fleet/schema';
import { setting } from '../settings';

/** Whether a cluster runs Istio, so that its proxies handle mutual TLS for the pods. */
export function runsIstio(fleet: Fleet, cluster: string): boolean {
  return setting(fleet, cluster, 'istio', 'dataplane').value !== 'none';
}
