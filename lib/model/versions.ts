/** The versions that this release of cdk8s-spire supports, and which of them are compatible. */
import { gte, lt, minor, parse } from 'semver';

/** SPIRE versions that the emitted configuration is valid for: the first, and the first one past the range. */
const SPIRE_RANGE = { from: '1.11.0', before: '1.16.0' } as const;

/**
 * Istio versions whose charts take the emitted values. 1.27 is the first that decides native sidecars by node version.
 * The range begins with 1.24, the only one of them that runs on Kubernetes 1.27. Of 1.32 the API was read (istio.io/api
 * v1.32.0, a superset of the one before); its charts were not, so the default stays at what was tried.
 */
const ISTIO_RANGE = { from: '1.24.0', before: '1.33.0' } as const;

const KUBERNETES_MINORS = { from: 27, to: 37 } as const;

/**
 * Oldest Kubernetes minor that an Istio minor runs on.
 * 1.31 is `MinK8SVersion` of istioctl's k8sversion package, those before are the support table of the Istio documentation.
 * That of 1.32 could not be read; it is the most that it can be, because no release has raised it by more than one.
 * @see https://istio.io/latest/docs/releases/supported-releases/
 */
const OLDEST_KUBERNETES_OF_ISTIO: Readonly<Record<number, number>> = {
  24: 27,
  25: 28,
  26: 29,
  27: 29,
  28: 30,
  29: 31,
  30: 32,
  31: 32,
  32: 33,
};

/** What differs between supported versions of SPIRE. Sources: SPIRE's CHANGELOG at the versions named. */
export interface SpireFeatures {
  /** How the trust bundle reaches the agents: the Notifier is deprecated since 1.15, the publisher exists since 1.12.4. */
  readonly bundleHandOver: 'publisher' | 'notifier';
  /** Since 1.13.0 an agent can bootstrap anew after its server lost the CA. */
  readonly rebootstrap: boolean;
  /** Since 1.13.0 a server can forget agents that are gone (spiffe/spire#6152). */
  readonly forgetsAgents: boolean;
}

export function spireFeatures(serverVersion: string, agentVersion: string): SpireFeatures {
  return {
    bundleHandOver: gte(serverVersion, '1.12.4') ? 'publisher' : 'notifier',
    rebootstrap: gte(agentVersion, '1.13.0'),
    forgetsAgents: gte(serverVersion, '1.13.0'),
  };
}

/**
 * Whether Istio injects its proxy as an init container that stays running.
 * Same rule as istiod's `ENABLE_NATIVE_SIDECARS=auto`: Istio 1.27 or later and every node at Kubernetes 1.33 or later.
 */
export function usesNativeSidecars(istioVersion: string, kubernetes: string): boolean {
  return minor(istioVersion) >= 27 && kubernetesMinorNumber(kubernetes) >= 33;
}

/** Until 1.26 Istio's gateway template sets an emptyDir where later ones leave the source open (istio/istio#46988). */
export function setsGatewayVolume(istioVersion: string): boolean {
  return lt(istioVersion, '1.27.0');
}

/**
 * Whether istiod gives each host of a ServiceEntry an address by itself, without which a proxy that captures DNS has
 * none to answer with: PILOT_ENABLE_IP_AUTOALLOCATE is on by default since 1.25 (istio release note ip-allocation-v2-default).
 */
export function allocatesAddresses(istioVersion: string): boolean {
  return minor(istioVersion) >= 25;
}

/**
 * Whether a proxy whose secrets come from SPIRE can read certificates from files, the roots of the system among them.
 * Since 1.26 istio-agent answers for files beside SPIRE's socket; before, the proxy asks SPIRE, which refuses
 * (istio/istio#54725, istio release note spire-files).
 */
export function readsCertificateFiles(istioVersion: string): boolean {
  return minor(istioVersion) >= 26;
}

/** Whether Istio's sidecar template takes a seccomp profile (istio releasenotes/notes/57004.yaml, of 1.28). */
export function setsProxySeccomp(istioVersion: string): boolean {
  return gte(istioVersion, '1.28.0');
}

/** Whether API servers take a ValidatingAdmissionPolicy of version v1. */
export function hasAdmissionPolicies(kubernetes: string): boolean {
  return kubernetesMinorNumber(kubernetes) >= 30;
}

/** Kubernetes minor since which KubeletFineGrainedAuthz is on by default. */
export const FINE_GRAINED_KUBELETS = '1.33';

/**
 * What reading a kubelet's /pods is authorized as. "nodes/proxy" also covers running commands in any pod, so it is
 * asked for only where kubelets know nothing finer.
 */
export function kubeletPodsResource(kubernetes: string): 'nodes/pods' | 'nodes/proxy' {
  const isFine = kubernetesMinorNumber(kubernetes) >= kubernetesMinorNumber(FINE_GRAINED_KUBELETS);
  return isFine ? 'nodes/pods' : 'nodes/proxy';
}

export const SUPPORTED = {
  spire: `${SPIRE_RANGE.from} and later, before ${SPIRE_RANGE.before}`,
  istio: `${ISTIO_RANGE.from} and later, before ${ISTIO_RANGE.before}`,
  kubernetes: `1.${KUBERNETES_MINORS.from} to 1.${KUBERNETES_MINORS.to}`,
} as const;

export function isSupportedSpire(version: string): boolean {
  return gte(version, SPIRE_RANGE.from) && lt(version, SPIRE_RANGE.before);
}

export function isSupportedIstio(version: string): boolean {
  return gte(version, ISTIO_RANGE.from) && lt(version, ISTIO_RANGE.before);
}

export function isSupportedKubernetes(version: string): boolean {
  const number = kubernetesMinorNumber(version);
  return number >= KUBERNETES_MINORS.from && number <= KUBERNETES_MINORS.to;
}

/** All supported Kubernetes minors, oldest first, as `1.27`. */
export function kubernetesMinors(): readonly string[] {
  const count = KUBERNETES_MINORS.to - KUBERNETES_MINORS.from + 1;
  return Array.from({ length: count }, (_, index) => `1.${KUBERNETES_MINORS.from + index}`);
}

/** The oldest Kubernetes that this Istio runs on, as `1.32`. */
export function oldestKubernetesOf(istioVersion: string): string {
  const oldest = OLDEST_KUBERNETES_OF_ISTIO[minor(istioVersion)];
  return `1.${oldest ?? KUBERNETES_MINORS.from}`;
}

/** The newest supported Istio minor that runs on this Kubernetes, as `1.29`. */
export function newestIstioFor(kubernetes: string): string {
  const fits = Object.keys(OLDEST_KUBERNETES_OF_ISTIO).filter((one) => istioRunsOn(`1.${one}.0`, kubernetes));
  return `1.${Math.max(...fits.map(Number))}`;
}

export function istioRunsOn(istioVersion: string, kubernetes: string): boolean {
  return kubernetesMinorNumber(kubernetes) >= kubernetesMinorNumber(oldestKubernetesOf(istioVersion));
}

/**
 * SPIRE's rule: an agent is not newer than its server, and at most one minor version older.
 * @see https://github.com/spiffe/spire/blob/v1.15.3/doc/upgrading.md
 */
export function agentSkew(server: string, agent: string): 'newer' | 'older' | undefined {
  if (lt(server, agent)) return 'newer';
  const [serverVersion, agentVersion] = [parse(server), parse(agent)];
  if (serverVersion === null || agentVersion === null || serverVersion.major !== agentVersion.major) return 'older';
  return serverVersion.minor - agentVersion.minor > 1 ? 'older' : undefined;
}

/** `1.36` as 36. */
export function kubernetesMinorNumber(version: string): number {
  return Number(version.split('.')[1]);
}

/** The chart of the gateway takes a loadBalancerClass. @see istio releasenotes/notes/55406.yaml */
export function takesLoadBalancerClass(istio: string): boolean {
  return gte(istio, '1.26.0');
}
