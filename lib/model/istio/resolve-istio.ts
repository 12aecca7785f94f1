/** Resolves the versions of Kubernetes and Istio, and reports keys that need Istio on clusters without it. */
import { DEFAULTS } from '../../fleet/defaults';
import type { Fleet } from '../../fleet/schema';
import type { FleetPath, Report } from '../../problems/problem';
import { problemAtKey } from '../../problems/problem';
import type { ResolvedIstio } from '../resolved-fleet';
import { setting } from '../settings';
import {
  allocatesAddresses,
  hasAdmissionPolicies,
  isSupportedKubernetes,
  readsCertificateFiles,
  setsGatewayVolume,
  setsProxySeccomp,
  usesNativeSidecars,
} from '../versions';
import { resolvePlainNamespaces } from './resolve-plain-namespaces';
import { runsIstio } from './runs-istio';

/** The version of Kubernetes; the default in place of an unsupported one, for which there are no schemas. */
export function resolveKubernetes(fleet: Fleet, cluster: string): string {
  const { value } = setting(fleet, cluster, 'versions', 'kubernetes');
  return value !== undefined && isSupportedKubernetes(value) ? value : DEFAULTS.versions.kubernetes;
}

/** Undefined for a cluster without Istio. */
export function resolveIstio(
  fleet: Fleet,
  cluster: string,
  kubernetes: string,
  report: Report,
): ResolvedIstio | undefined {
  if (!runsIstio(fleet, cluster)) {
    checkWithoutIstio(fleet, cluster, report);
    return undefined;
  }
  const version = setting(fleet, cluster, 'versions', 'istio').value ?? DEFAULTS.versions.istio;
  return {
    version,
    nativeSidecars: usesNativeSidecars(version, kubernetes),
    gatewayVolumeIsSet: setsGatewayVolume(version),
    allocatesAddresses: allocatesAddresses(version),
    readsCertificateFiles: readsCertificateFiles(version),
    guardsProxies: hasAdmissionPolicies(kubernetes),
    cni: setting(fleet, cluster, 'istio', 'cni').value ?? DEFAULTS.istio.cni,
    proxySeccomp: setsProxySeccomp(version),
    plainText: resolvePlainNamespaces(fleet, cluster, report),
  };
}

/** Without Istio there is no gateway, no proxy that makes or takes calls, and no traffic that Kiali could draw. */
function checkWithoutIstio(fleet: Fleet, cluster: string, report: Report): void {
  const { place } = setting(fleet, cluster, 'istio', 'dataplane');
  const refuse = (path: FleetPath, because: string): void =>
    report(problemAtKey(path, 'not-applicable', { key: String(path.at(-1)), because, other: place }));
  const own = fleet.clusters[cluster];
  if (own?.gateway !== undefined) {
    refuse(
      ['clusters', cluster, 'gateway'],
      "it configures Istio's ingress gateway, but this cluster does not run Istio",
    );
  }
  if (own?.versions?.istio !== undefined) {
    refuse(['clusters', cluster, 'versions', 'istio'], 'this cluster does not run Istio');
  }
  if (own?.istio?.cni !== undefined && own.istio.cni) {
    refuse(
      ['clusters', cluster, 'istio', 'cni'],
      "it configures Istio's CNI plugin, but this cluster does not run Istio",
    );
  }
  if (own?.istio?.plainText !== undefined) {
    refuse(
      ['clusters', cluster, 'istio', 'plainText'],
      'it is for proxies of Istio, but this cluster does not run Istio',
    );
  }
  if (own?.observability !== undefined && own.observability !== false) {
    refuse(
      ['clusters', cluster, 'observability'],
      "Kiali shows the traffic of Istio's proxies, but this cluster does not run Istio",
    );
  }
  checkWorkloadsWithoutIstio(fleet, cluster, refuse);
}

function checkWorkloadsWithoutIstio(
  fleet: Fleet,
  cluster: string,
  refuse: (path: FleetPath, because: string) => void,
): void {
  for (const [name, workload] of Object.entries(fleet.workloads ?? {})) {
    if (workload.cluster !== cluster) continue;
    if (workload.preset !== undefined) {
      refuse(
        ['workloads', name, 'preset'],
        `${workload.preset} needs Istio for mutual TLS, but its cluster does not run Istio`,
      );
    }
    if (workload.plainText !== undefined) {
      refuse(['workloads', name, 'plainText'], 'it is for proxies of Istio, but its cluster does not run Istio');
    }
    if (workload.host !== undefined) {
      refuse(['workloads', name, 'host'], "Istio's gateway serves the host, but its cluster does not run Istio");
    }
  }
}
