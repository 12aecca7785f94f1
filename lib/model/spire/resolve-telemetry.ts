/** Resolves which metrics the components of SPIRE export, and who collects them. */
import type { Fleet } from '../../fleet/schema';
import { resolveObservability } from '../istio/resolve-observability';
import { runsIstio } from '../istio/runs-istio';
import { ISTIO, OBSERVABILITY, selectorLabels } from '../names';
import { telemetrySetting } from '../settings';
import type { ResolvedScraping, ResolvedTelemetry, Scraper } from './resolved-telemetry';

/** Undefined where SPIRE gives no metrics. */
export function resolveTelemetry(fleet: Fleet, cluster: string): ResolvedTelemetry | undefined {
  // Key by key, like every setting of a cluster.
  const { prometheus: _, ...settings } = { ...fleet.spire?.telemetry, ...fleet.clusters[cluster]?.spire?.telemetry };
  const telemetry: ResolvedTelemetry = { ...settings, prometheus: resolveScraping(fleet, cluster) };
  return isCollected(telemetry) ? telemetry : undefined;
}

/** Whether anybody gets the metrics. */
export function isCollected({ prometheus, statsd, dogstatsd, m3, inMemory }: ResolvedTelemetry): boolean {
  return [prometheus, statsd, dogstatsd, m3].some((one) => one !== undefined) || inMemory === true;
}

/** Whether the output has a Prometheus of its own on the cluster. */
export function deploysPrometheus(fleet: Fleet, cluster: string): boolean {
  return resolveObservability(fleet, cluster, runsIstio(fleet, cluster))?.prometheus.deployed ?? false;
}

/** The Prometheus of the output. */
const OF_OUTPUT: Scraper = { namespace: ISTIO.namespace, podLabels: selectorLabels(OBSERVABILITY.prometheus) };

function resolveScraping(fleet: Fleet, cluster: string): ResolvedScraping | undefined {
  const { value = false } = telemetrySetting(fleet, cluster, 'prometheus');
  if (value === false) return undefined;
  if (value === true) return { scrapers: [OF_OUTPUT], byOutput: true, annotations: false };
  const { namespace, podLabels = {}, annotations = false, podMonitors } = value;
  // The Prometheus of the output follows annotations too.
  const others = annotations && deploysPrometheus(fleet, cluster) ? [OF_OUTPUT] : [];
  return { scrapers: [{ namespace, podLabels }, ...others], byOutput: false, annotations, podMonitors };
}
