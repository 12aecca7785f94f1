/** Decides which Kubernetes and Istio a cluster runs and whether the two, and SPIRE, go together. */
import { DEFAULTS } from '../fleet/defaults';
import type { Fleet } from '../fleet/schema';
import type { Report } from '../problems/problem';
import { problemAt } from '../problems/problem';
import type { ResolvedIstio } from './resolved-fleet';
import { setting } from './settings';
import {
  hasAdmissionPolicies,
  isSupportedIstio,
  isSupportedKubernetes,
  SUPPORTED,
  setsGatewayVolume,
  usesNativeSidecars,
} from './versions';

export function resolveKubernetes(fleet: Fleet, cluster: string, report: Report): string {
  const { value, place } = setting(fleet, cluster, 'versions', 'kubernetes');
  const version = value ?? DEFAULTS.versions.kubernetes;
  if (!isSupportedKubernetes(version)) {
    report(
      problemAt(place, 'unsupported-version', {
        component: 'Kubernetes',
        got: version,
        supported: SUPPORTED.kubernetes,
      }),
    );
    return DEFAULTS.versions.kubernetes;
  }
  return version;
}

export function resolveIstio(fleet: Fleet, cluster: string, kubernetes: string, report: Report): ResolvedIstio {
  const { value, place } = setting(fleet, cluster, 'versions', 'istio');
  const version = value ?? DEFAULTS.versions.istio;
  if (!isSupportedIstio(version)) {
    report(problemAt(place, 'unsupported-version', { component: 'Istio', got: version, supported: SUPPORTED.istio }));
  }
  return {
    version,
    nativeSidecars: usesNativeSidecars(version, kubernetes),
    gatewayVolumeIsSet: setsGatewayVolume(version),
    guardsProxies: hasAdmissionPolicies(kubernetes),
  };
}
