/** Resolves whether a cluster gets Kiali, and which Prometheus Kiali queries. */
import { DEFAULTS } from '../../fleet/defaults';
import type { Fleet } from '../../fleet/schema';
import { ISTIO, OBSERVABILITY } from '../names';

/** The components that show the traffic of a mesh. */
export interface ResolvedObservability {
  /** The Prometheus that Kiali queries. */
  readonly prometheus: {
    readonly url: string;
    /** Whether it is part of the output. Otherwise it exists already. */
    readonly deployed: boolean;
  };
}

/** Undefined where nothing of it is deployed, such as on a cluster without Istio. */
export function resolveObservability(
  fleet: Fleet,
  cluster: string,
  hasMesh: boolean,
): ResolvedObservability | undefined {
  const chosen = fleet.clusters[cluster]?.observability ?? fleet.observability ?? DEFAULTS.observability;
  if (!hasMesh || chosen === false) return undefined;
  return chosen === true ? DEPLOYED : { prometheus: { url: chosen.prometheus, deployed: false } };
}

const DEPLOYED: ResolvedObservability = {
  prometheus: {
    url: `http://${OBSERVABILITY.prometheus}.${ISTIO.namespace}:${OBSERVABILITY.prometheusPort}`,
    deployed: true,
  },
};
