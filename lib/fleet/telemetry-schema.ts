/** What a fleet file may say of the metrics of SPIRE: who collects them, and which. */
import * as z from 'zod';
import * as durations from '../formats/duration-formats';
import * as formats from '../formats/formats';
import { addProblem, enabled, mapOf, text } from '../formats/schema-kit';
import * as telemetryFormats from '../formats/telemetry-formats';

const ownPrometheus = z
  .strictObject({
    namespace: text(
      formats.dnsLabel,
      'Namespace of the pods that scrape. The NetworkPolicies open the metrics to them alone.',
      'monitoring',
    ),
    podLabels: mapOf(text(formats.labelKey, 'A label key.'), text(formats.labelValue, 'A label value.'))
      .optional()
      .describe('Labels of the pods that scrape. Default: every pod of the namespace.'),
    annotations: enabled(
      'Whether the pods of SPIRE have the annotations prometheus.io/scrape, port and path. They can name one port of a pod, so they lead to the metrics of the server, and not to those of the controller manager beside it.',
      false,
    ),
    podMonitors: z
      .strictObject({
        labels: mapOf(
          text(formats.labelKey, 'A label key.', 'release'),
          text(formats.labelValue, 'A label value.', 'kube-prometheus-stack'),
        )
          .optional()
          .describe('Labels by which that Prometheus selects PodMonitors (podMonitorSelector). Default: none.'),
        interval: text(
          durations.scrapeInterval,
          `How often it scrapes. ${durations.boundsOf(durations.scrapeInterval)} Default: that of the Prometheus.`,
        ).optional(),
      })
      .optional()
      .describe(
        'Adds PodMonitors for the Prometheus operator, one for servers with their controller managers and one for agents. Default: none.',
      ),
  })
  .superRefine(({ annotations, podMonitors }, context) => {
    if (annotations !== true || podMonitors === undefined) return;
    const keys = ['annotations', 'podMonitors'];
    addProblem(context, [], { code: 'exclusive-keys', facts: { keys, given: keys } });
  })
  .describe('A Prometheus of your own, or another collector that scrapes.');

const listOf = <Item extends z.ZodType>(item: Item, meaning: string) =>
  z.array(item).min(1).max(100).optional().describe(meaning);

const collector = (meaning: string, example?: string) => text(telemetryFormats.collectorAddress, meaning, example);
const prefix = text(telemetryFormats.metricName, 'Begins with the name of a component, such as spire_server.');
const label = text(telemetryFormats.metricLabel, 'The name of a label.');

const RESOLVED_ONCE =
  'A DNS name must be resolvable before server and agents start, which fail otherwise, and they keep its address until they restart.';

/** @see https://github.com/spiffe/spire/blob/v1.15.3/doc/telemetry/telemetry_config.md */
export const telemetry = z
  .strictObject({
    prometheus: z
      .union([z.boolean(), ownPrometheus])
      .optional()
      .describe(
        'Whether server, agents and controller manager serve metrics in plain HTTP, and which Prometheus may scrape them. true: the Prometheus of the output, which observability deploys. Default: false.',
      )
      .meta({ default: false }),
    statsd: listOf(
      collector('Host and UDP port.'),
      'Collectors to which server and agents send metrics by StatsD. It has no labels: their values become parts of the names. Default: none.',
    ),
    dogstatsd: listOf(
      collector('Host and UDP port.', 'datadog-agent.datadog:8125'),
      `Collectors to which server and agents send metrics by DogStatsD. ${RESOLVED_ONCE} Default: none.`,
    ),
    m3: listOf(
      z
        .strictObject({
          address: collector('Host and UDP port.', 'm3.monitoring:9052'),
          env: text(formats.dnsLabel, 'Value of the tag env.', 'production'),
        })
        .describe('A collector.'),
      `Collectors to which server and agents send metrics by M3. ${RESOLVED_ONCE} Default: none.`,
    ),
    inMemory: enabled(
      'Whether server and agents keep the metrics of the last hour in memory, and log them at the signal SIGUSR1.',
      false,
    ),
    metricPrefix: text(
      telemetryFormats.metricPrefix,
      'Replaces spire in the names of all metrics: shop makes shop_server and shop_agent. Default: spire.',
      'shop',
    )
      .optional()
      .meta({ default: 'spire' }),
    trustDomainLabel: enabled(
      'Whether every metric has the label trust_domain. Its value has _ in place of other characters (SPIRE 1.11.2 and later).',
      false,
    ),
    hostnameLabel: enabled('Whether metrics have the label host with the name of the pod.', true),
    blockedPrefixes: listOf(
      prefix,
      'Metrics that are not collected, by the first parts of their names. Default: none.',
    ),
    allowedPrefixes: listOf(prefix, 'Exceptions from blockedPrefixes. The longest prefix decides. Default: none.'),
    allowedLabels: listOf(label, 'The only labels that metrics have. Default: all.'),
    blockedLabels: listOf(label, 'Labels that metrics do not have. Default: none.'),
  })
  .describe(
    "Metrics of SPIRE's servers, agents and controller managers. Each key of a cluster wins over that of the fleet. Default: none.",
  );
