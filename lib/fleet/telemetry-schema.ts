/** What a fleet file may say of the metrics of SPIRE: who collects them. */
import * as z from 'zod';
import * as formats from '../formats/formats';
import { mapOf, text } from '../formats/schema-kit';

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
    annotations: z
      .boolean()
      .optional()
      .describe(
        'Whether the pods of SPIRE have the annotations prometheus.io/scrape, port and path. They can name one port of a pod, so they lead to the metrics of the server, and not to those of the controller manager beside it. Default: false.',
      )
      .meta({ default: false }),
  })
  .describe('A Prometheus of your own, or another collector that scrapes.');

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
  })
  .describe(
    "Metrics of SPIRE's servers, agents and controller managers. Each key of a cluster wins over that of the fleet. Default: none.",
  );
