/** The schema of a workload. */
import * as z from 'zod';
import * as durations from '../formats/duration-formats';
import * as formats from '../formats/formats';
import { because, mapOf, names, port, text } from '../formats/schema-kit';
import * as workloadFormats from '../formats/workload-formats';
import { PRESETS } from '../presets/catalog';
import { DEFAULTS } from './defaults';

export const workload = z
  .strictObject({
    cluster: text(formats.shortName, 'The cluster it runs on.').optional(),
    partner: text(
      formats.shortName,
      'The partner that runs it, in place of cluster. It then has only host, to be called, and spiffeId and calls, to call.',
      'bank',
    ).optional(),
    preset: z
      .enum(PRESETS.map(({ name }) => name))
      .optional()
      .describe(`A complete sample application: ${PRESETS.map(({ summary }) => summary).join('; ')}.`),
    image: text(formats.image, 'Deploys this image; pinned by tag or digest.').optional(),
    pods: z
      .strictObject({
        labels: mapOf(text(formats.labelKey, 'A label key.'), text(formats.labelValue, 'A label value.')).describe(
          'Labels that select its pods; at least one.',
        ),
      })
      .optional()
      .describe('Pods that are deployed from elsewhere; this fleet gives them their identity and access.'),
    namespace: text(formats.dnsLabel, "Its namespace. Default: the workload's name.", 'shop').optional(),
    serviceAccount: text(
      formats.objectName,
      "Its ServiceAccount. Default: the workload's name; a preset brings its own.",
      'checkout',
    ).optional(),
    spiffeId: text(
      formats.spiffeId,
      'Path of its SPIFFE ID, for workloads that nobody calls. Default: /ns/<namespace>/sa/<service account>, as Istio expects.',
    ).optional(),
    x509SvidTtl: text(
      durations.x509SvidTtl,
      `Life of its X.509-SVIDs; at most a sixth of caTtl, and a week. ${durations.boundsOf(durations.x509SvidTtl)} Without it, spire.x509SvidTtl applies.`,
      '1h',
    ).optional(),
    jwtSvidTtl: text(
      durations.jwtSvidTtl,
      `Life of its JWT-SVIDs; at most a sixth of caTtl, and a week. ${durations.boundsOf(durations.jwtSvidTtl)} Without it, spire.jwtSvidTtl applies.`,
      '2m',
    ).optional(),
    service: text(
      formats.serviceName,
      "Service in front of its pods. Default: the workload's name for an image.",
    ).optional(),
    port: port(
      'Port of its Service and of its container, at which it speaks HTTP and nothing else: an image HTTP/1.1; pods HTTP/1.1 or HTTP/2, as their Service says by appProtocol.',
    ).optional(),
    replicas: z
      .int()
      .min(0)
      .max(1000)
      .optional()
      .describe(`Pods of an image. Default: ${DEFAULTS.replicas}.`)
      .meta({ default: DEFAULTS.replicas }),
    host: text(workloadFormats.workloadHost, 'Host name under which other clusters call it.').optional(),
    routes: z
      .array(text(workloadFormats.route, 'A path, or a prefix that ends with *.'))
      .min(1)
      .max(100)
      .optional()
      .describe('Paths that the gateway lets through. Default: all; a preset brings its own.'),
    credential: z
      .strictObject({
        secret: text(
          formats.objectName,
          "Secret in the gateway's namespace with tls.crt, tls.key and ca.crt.",
          'checkout-certificate',
        ),
        spiffeId: text(
          formats.spiffeId,
          'SPIFFE ID in that certificate, which callers insist on. Default: the one of the workload itself.',
        ).optional(),
      })
      .optional()
      .describe("Serve host with a certificate of your own (Istio's MUTUAL) instead of the gateway's SVID."),
    plainText: z
      .strictObject({
        ports: z
          .array(port('A TCP port of its pods.'))
          .min(1)
          .max(100)
          .optional()
          .describe('Ports of its pods that take plain text; the others take mutual TLS alone. Default: all.'),
        because: because('Which callers have no proxy, and until when. It is shown in the generated README.'),
      })
      .optional()
      .describe(
        'Lets callers without a proxy reach its pods. Plain text proves no identity, so everybody who reaches the pods gets in there. Default: mutual TLS alone, for its callers alone.',
      ),
    calls: names(
      'Workloads that it calls. Identities, federation, gateway and policies follow from this.',
      'checkout',
    ).optional(),
  })
  .describe('An application: preset, image or pods.');
