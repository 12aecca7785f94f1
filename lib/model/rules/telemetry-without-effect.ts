/** Finds settings of telemetry that change nothing. */
import type { Fleet } from '../../fleet/schema';
import type { FleetPath, ProblemFacts } from '../../problems/problem';
import { telemetrySetting } from '../settings';
import { metricsName } from '../spire/metrics-endpoints';
import type { ResolvedTelemetry } from '../spire/resolved-telemetry';
import { defineRule } from './rule';

/** Settings that only matter to metrics which somebody collects. */
const REFINEMENTS = [
  'metricPrefix',
  'trustDomainLabel',
  'hostnameLabel',
  'blockedPrefixes',
  'allowedPrefixes',
  'allowedLabels',
  'blockedLabels',
] as const;

interface Idle {
  readonly place: FleetPath;
  readonly facts: ProblemFacts['telemetry-without-effect'];
}

export const telemetryWithoutEffect = defineRule({
  code: 'telemetry-without-effect',
  severity: 'warning',
  looksFor:
    'settings of metrics that nobody collects, exceptions from blocked prefixes where none is blocked, and prefixes with which no metric begins',
  why: 'SPIRE accepts them and says nothing: metrics that were to be left out are collected, or the reverse.',
  source:
    'github.com/hashicorp/go-metrics metrics.go allowMetric, start.go FilterDefault; spire pkg/common/telemetry/metrics.go',
  example: { key: 'allowedPrefixes', because: 'it has exceptions from blockedPrefixes, and nothing is blocked' },
  check: ({ written, clusters }, find) => {
    const collecting = [...clusters].flatMap(
      ([
        name,
        {
          spire: { telemetry },
        },
      ]) => (telemetry === undefined ? [] : [{ name, telemetry }]),
    );
    const idle = [
      ...uncollected(written, new Set(collecting.map(({ name }) => name))),
      ...collecting.flatMap(({ name, telemetry }) => idleFilters(written, name, telemetry)),
    ];
    // Clusters share the settings of the fleet.
    const distinct = new Map(idle.map((one) => [JSON.stringify(one.place), one]));
    for (const { place, facts } of distinct.values()) find(place, facts);
  },
});

/** Settings of clusters that give no metrics, and settings of the fleet if no cluster gives any. */
function uncollected(fleet: Fleet, collecting: ReadonlySet<string>): readonly Idle[] {
  const because = 'nothing collects metrics: prometheus, statsd, dogstatsd, m3 and inMemory are all off';
  const levels = [
    { place: ['spire', 'telemetry'], telemetry: collecting.size === 0 ? fleet.spire?.telemetry : undefined },
    ...Object.entries(fleet.clusters).map(([name, { spire }]) => ({
      place: ['clusters', name, 'spire', 'telemetry'],
      telemetry: collecting.has(name) ? undefined : spire?.telemetry,
    })),
  ];
  return levels.flatMap(({ place, telemetry }) =>
    REFINEMENTS.filter((key) => telemetry?.[key] !== undefined).map((key) => ({
      place: [...place, key],
      facts: { key, because },
    })),
  );
}

function idleFilters(fleet: Fleet, cluster: string, telemetry: ResolvedTelemetry): readonly Idle[] {
  const exceptions = telemetrySetting(fleet, cluster, 'allowedPrefixes');
  const alone = exceptions.value !== undefined && telemetry.blockedPrefixes === undefined;
  const because = 'it has exceptions from blockedPrefixes, and nothing is blocked';
  return [
    ...(alone ? [{ place: exceptions.place, facts: { key: 'allowedPrefixes', because } }] : []),
    ...(['allowedPrefixes', 'blockedPrefixes'] as const).flatMap((key) => idlePrefixes(fleet, cluster, telemetry, key)),
  ];
}

function idlePrefixes(
  fleet: Fleet,
  cluster: string,
  telemetry: ResolvedTelemetry,
  key: 'allowedPrefixes' | 'blockedPrefixes',
): readonly Idle[] {
  const { value = [], place } = telemetrySetting(fleet, cluster, key);
  const names = (['server', 'agent'] as const).map((component) => metricsName(telemetry, component));
  return value.flatMap((prefix, index) => {
    const isBeginning = names.some((name) => name.startsWith(prefix) || prefix.startsWith(`${name}.`));
    const because = `metrics begin with ${names.map((name) => JSON.stringify(`${name}.`)).join(' or ')}`;
    return isBeginning ? [] : [{ place: [...place, index], facts: { key: prefix, because } }];
  });
}
