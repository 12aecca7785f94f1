/** Resolves the settings of Services that are reached from outside, and reports settings without effect. */
import { findExposure } from '../../exposure/catalog';
import type { Fleet, FleetCluster } from '../../fleet/schema';
import type { FleetPath, Report } from '../../problems/problem';
import { problemAtKey } from '../../problems/problem';
import { setting } from '../settings';
import { takesLoadBalancerClass } from '../versions';
import { METALLB_ANNOTATIONS, type ResolvedExposure } from './load-balancer';

/** The keys of a Service among those of an endpoint. */
export function exposureOf({ address, annotations, loadBalancerClass }: ResolvedExposure): ResolvedExposure {
  // cdk8s takes maps with a prototype only.
  return { address, annotations: annotations && { ...annotations }, loadBalancerClass };
}

/** Reports annotations that the output writes itself, and classes that nothing reads. */
export function checkExposures(fleet: Fleet, report: Report): void {
  for (const [name, cluster] of Object.entries(fleet.clusters).sort(([a], [b]) => (a < b ? -1 : 1))) {
    for (const key of ['bundleEndpoint', 'gateway', 'serverApi'] as const) {
      checkAnnotations(cluster, key, ['clusters', name, key], report);
    }
    checkClasses(fleet, name, cluster, report);
  }
}

function checkAnnotations(
  { loadBalancer, ...cluster }: FleetCluster,
  key: 'bundleEndpoint' | 'gateway' | 'serverApi',
  place: FleetPath,
  report: Report,
): void {
  if (loadBalancer === undefined) return;
  for (const annotation of Object.values(METALLB_ANNOTATIONS)) {
    if (cluster[key]?.annotations?.[annotation] === undefined) continue;
    const because = 'synth sets it from address and loadBalancer';
    report(problemAtKey([...place, 'annotations', annotation], 'not-applicable', { key: annotation, because }));
  }
}

function checkClasses(fleet: Fleet, name: string, { bundleEndpoint, gateway }: FleetCluster, report: Report): void {
  const refuse = (endpoint: string, because: string, other?: FleetPath): void =>
    report(
      problemAtKey(['clusters', name, endpoint, 'loadBalancerClass'], 'not-applicable', {
        key: 'loadBalancerClass',
        because,
        other,
      }),
    );
  const { serviceType, addressOf } = findExposure(bundleEndpoint?.expose);
  if (bundleEndpoint?.loadBalancerClass !== undefined && addressOf !== 'service') {
    refuse('bundleEndpoint', `the Service is of type ${serviceType}`, ['clusters', name, 'bundleEndpoint', 'expose']);
  }
  const { value: istio, place } = setting(fleet, name, 'versions', 'istio');
  if (gateway?.loadBalancerClass !== undefined && istio !== undefined && !takesLoadBalancerClass(istio)) {
    refuse('gateway', "Istio's gateway chart supports it since 1.26", place);
  }
}
