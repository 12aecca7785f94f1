/** Fills in the defaults of a fleet for constructs of Istio that are used without one. */
import { required } from '../../invariants/required';
import type { ResolvedExposure } from '../cluster/load-balancer';
import { DEFAULT_CLUSTER, DEFAULT_KUBERNETES, NOTHING_SAID } from '../default-fleet';
import type { ResolvedCluster, ResolvedIstio, ResolvedLoadBalancer } from '../resolved-fleet';
import { gatewayPortOf } from './gateway-port';
import { resolveIstio } from './resolve-istio';
import { type ResolvedObservability, resolveObservability } from './resolve-observability';

/** Istio on one cluster, as a program describes it; a cluster of a resolved fleet is one of these as well. */
export interface IstioSettings {
  readonly trustDomain: string;
  /** Name of the cluster and of its mesh in the configuration of Istio. @default 'cluster' */
  readonly name?: string;
  /** Minor version of Kubernetes, as `1.36`. @default - the one that a fleet has which names none */
  readonly kubernetes?: string;
  /** The ingress gateway for calls from other clusters. @default - none */
  readonly gateway?: GatewaySettings;
  /** MetalLB, which gives the gateway its address. @default - another load balancer */
  readonly loadBalancer?: ResolvedLoadBalancer;
  /** Settings that differ from those of a fleet which says nothing of Istio, such as `{ cni: true }`. @default - none differ */
  readonly istio?: Partial<ResolvedIstio>;
}

export interface GatewaySettings extends ResolvedExposure {
  /** Port at which other clusters reach it. @default 443 */
  readonly port?: number;
}

export interface CompleteIstio extends Pick<ResolvedCluster, 'name' | 'trustDomain' | 'loadBalancer'> {
  readonly gateway?: ResolvedExposure & { readonly port: number };
  readonly istio: ResolvedIstio;
}

export function completeIstioSettings({ name, gateway, ...given }: IstioSettings): CompleteIstio {
  return {
    ...given,
    name: name ?? DEFAULT_CLUSTER,
    gateway: gateway && { ...gateway, port: gatewayPortOf(gateway) },
    istio: completeIstio(given.istio, given.kubernetes),
  };
}

/** Fills in missing settings. Those that follow from versions use the given ones. */
export function completeIstio(given: Partial<ResolvedIstio> = {}, kubernetes = DEFAULT_KUBERNETES): ResolvedIstio {
  const fleet = given.version === undefined ? NOTHING_SAID : { ...NOTHING_SAID, versions: { istio: given.version } };
  // A fleet without settings of Istio has no problem with them.
  const defaults = resolveIstio(fleet, DEFAULT_CLUSTER, kubernetes, () => undefined);
  return { ...required(defaults, 'Istio of a fleet that says nothing of it'), ...given };
}

/** The Prometheus of a mesh that leaves it to the defaults. */
export function defaultPrometheus(): ResolvedObservability['prometheus'] {
  const defaults = resolveObservability(NOTHING_SAID, DEFAULT_CLUSTER, true);
  return required(defaults, 'observability of a fleet that says nothing of it').prometheus;
}
