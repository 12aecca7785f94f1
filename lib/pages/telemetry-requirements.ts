/** What must be there to collect the metrics of SPIRE. */
import type { ResolvedSpire } from '../model/resolved-fleet';
import { METRICS } from '../model/spire/metrics-endpoints';
import type { ResolvedScraping } from '../model/spire/resolved-telemetry';
import type { Requirement } from './requirement';

export function telemetryRequirements(spire: ResolvedSpire): readonly Requirement[] {
  const scraping = spire.telemetry?.prometheus;
  return scraping === undefined || scraping.byOutput ? [] : [scraper(spire, scraping)];
}

/** The Prometheus of the person, which is the first of the scrapers. */
function scraper(spire: ResolvedSpire, { scrapers, annotations }: ResolvedScraping): Requirement {
  const [{ namespace, podLabels } = { namespace: '', podLabels: {} }] = scrapers;
  const labels = Object.entries(podLabels).map(([key, value]) => `\`${key}=${value}\``);
  const pods = labels.length === 0 ? '' : `, in pods with ${labels.join(', ')}`;
  const namespaces = [...new Set([spire.serverNamespace, spire.agentNamespace])].map((name) => `\`${name}\``);
  const how = annotations
    ? 'which follows the annotations `prometheus.io/scrape`, `port` and `path`'
    : `which scrapes the container ports \`${METRICS.server.name}\` and \`${METRICS.controllerManager.name}\``;
  return {
    what: `a Prometheus in namespace \`${namespace}\`${pods}, ${how} of the pods in ${namespaces.join(' and ')}`,
    why: `collects the metrics of SPIRE${spire.networkPolicies ? '; the NetworkPolicies admit only these pods' : ''}`,
  };
}
