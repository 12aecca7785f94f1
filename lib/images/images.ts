/** The pinned images of SPIRE and of what runs beside it; a preset pins its own. */

/** Where Istio's images are. Its other two registries end in December 2026 (istio/istio#61467). */
export const ISTIO_HUB = 'docker.io/istio';

/**
 * Images that do not follow a version of the fleet, each pinned.
 * - controllerManager: github.com/spiffe/spire-controller-manager v0.7.0
 * - csiDriver: github.com/spiffe/spiffe-csi v0.2.13; before 0.2.12 mounts pile up when a kubelet restarts (#331)
 * - csiNodeDriverRegistrar: github.com/kubernetes-csi/node-driver-registrar v2.17.0
 * - curl: samples/ of istio.io/istio v0.0.0-20260827124520-eed52ebb66ad, the 1.31 that test/live builds
 * - kiali: the minor version that the samples of that module name
 * - prometheus: github.com/prometheus/prometheus v0.316.0, which its maintainers release as 3.16.0
 */
export const IMAGES = {
  controllerManager: 'ghcr.io/spiffe/spire-controller-manager:0.7.0',
  csiDriver: 'ghcr.io/spiffe/spiffe-csi-driver:0.2.13',
  csiNodeDriverRegistrar: 'registry.k8s.io/sig-storage/csi-node-driver-registrar:v2.17.0',
  curl: 'docker.io/curlimages/curl:8.16.0',
  prometheus: 'docker.io/prom/prometheus:v3.16.0',
  kiali: 'quay.io/kiali/kiali:v2.27.0',
} as const;

export function spireServerImage(version: string): string {
  return `ghcr.io/spiffe/spire-server:${version}`;
}

export function spireAgentImage(version: string): string {
  return `ghcr.io/spiffe/spire-agent:${version}`;
}
