/** The prerequisites for collecting the metrics of SPIRE. */
import { isIP } from 'node:net';
import { splitAddress } from '../formats/telemetry-formats';
import type { ResolvedSpire } from '../model/resolved-fleet';
import { collectorsOf, METRICS } from '../model/spire/metrics-endpoints';
import type { ResolvedScraping } from '../model/spire/resolved-telemetry';
import type { Requirement } from './requirement';

export function telemetryRequirements(spire: ResolvedSpire): readonly Requirement[] {
  const { telemetry = {}, networkPolicies } = spire;
  const { prometheus, dogstatsd = [], m3 = [] } = telemetry;
  const resolvedOnce = new Set(
    [...dogstatsd, ...m3.map(({ address }) => address)].map((one) => splitAddress(one).host),
  );
  return [
    ...(prometheus === undefined || prometheus.byOutput ? [] : [scraper(spire, prometheus)]),
    ...collectorsOf(telemetry).map(({ host, port }) => ({
      what: `a collector of metrics at \`${host}\`, UDP port ${port}`,
      why: networkPolicies && isIP(host) === 0 ? BEHIND_SERVICE : SENT,
    })),
    ...[...resolvedOnce].filter((host) => isIP(host) === 0).map(resolvable),
  ];
}

const SENT = 'server and agents send their metrics there, and notice no loss';
const BEHIND_SERVICE = `${SENT}; the NetworkPolicies open this port, so pods behind a Service must listen at the same one`;

/** SPIRE's clients of DogStatsD and M3 end the process if they cannot resolve the name at its start. */
function resolvable(host: string): Requirement {
  return {
    what: `the DNS name \`${host}\`, before SPIRE starts`,
    why: 'SPIRE servers and agents do not start while they cannot resolve it, and keep its address until they restart',
  };
}

/** The Prometheus of the person, which is the first of the scrapers. */
function scraper(spire: ResolvedSpire, scraping: ResolvedScraping): Requirement {
  const [{ namespace, podLabels } = { namespace: '', podLabels: {} }] = scraping.scrapers;
  const pods = Object.keys(podLabels).length === 0 ? '' : `, in pods with ${listed(podLabels)}`;
  const namespaces = [...new Set([spire.serverNamespace, spire.agentNamespace])].map((name) => `\`${name}\``);
  return {
    what: `a Prometheus in namespace \`${namespace}\`${pods}, ${howItFinds(scraping)} in ${namespaces.join(' and ')}`,
    why: `collects the metrics of SPIRE${spire.networkPolicies ? '; the NetworkPolicies allow only these pods' : ''}`,
  };
}

function howItFinds({ annotations, podMonitors }: ResolvedScraping): string {
  if (annotations) return 'which follows the annotations `prometheus.io/scrape`, `port` and `path` of the pods';
  if (podMonitors === undefined) {
    const ports = [METRICS.server, METRICS.controllerManager].map(({ name }) => `\`${name}\``);
    return `which scrapes the container ports ${ports.join(' and ')} of the pods`;
  }
  const { labels = {} } = podMonitors;
  const selected = Object.keys(labels).length === 0 ? '' : ` with ${listed(labels)}`;
  return `run by the Prometheus operator, which has the CRD PodMonitor, selects PodMonitors${selected}, and may read the pods`;
}

function listed(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(([key, value]) => `\`${key}=${value}\``)
    .join(', ');
}
