/** The schema of federations, of partners outside of the fleet, and of waivers. */
import * as z from 'zod';
import * as addressFormats from '../formats/address-formats';
import * as formats from '../formats/formats';
import { because, names, port, text } from '../formats/schema-kit';
import * as urlFormats from '../formats/url-formats';
import { DEFAULTS } from './defaults';

export const federation = z
  .strictObject({
    between: names('Clusters that all federate with each other; at least two.')
      .meta({ examples: [['cluster1', 'cluster2']] })
      .optional(),
    hub: text(formats.shortName, 'The cluster that federates with each of spokes.').optional(),
    spokes: names('Clusters that federate with hub, not with each other.', 'cluster2').optional(),
    trusting: text(
      formats.shortName,
      'The cluster that trusts, one way only; those it trusts do not trust it.',
    ).optional(),
    trusted: names('Clusters and partners that trusting trusts.', 'cluster2').optional(),
    ended: z
      .boolean()
      .optional()
      .describe(
        'Whether this federation is over. It counts as absent, and the generated README has the steps that revoke the trust. Default: false.',
      )
      .meta({ default: false }),
  })
  .describe(
    'Trust domains that know each other: between, or hub and spokes, or one way: trusting and trusted. Partners can be named where clusters can.',
  );

export const waiver = z
  .strictObject({
    rule: z
      .string()
      .min(1)
      .max(100)
      .describe('Code of the rule, as it stands in brackets in its message; see docs/rules.md.')
      .meta({ examples: ['kubelet-unverified'] }),
    at: text(formats.fleetPath, 'Place in this file at which it is waived, and everything below.'),
    because: because('Why that is right here, and until when. It is shown in the generated README.'),
  })
  .describe(
    'Lowers what a rule reports at one place: an error to a warning, a warning to a line in the generated README.',
  );

export const partner = z
  .strictObject({
    trustDomain: text(formats.trustDomain, 'SPIFFE trust domain of the partner.'),
    trust: z
      .strictObject({
        root: text(
          formats.relativePath,
          "PEM file with the root certificate of the partner's trust domain.",
        ).optional(),
        bundle: text(
          formats.relativePath,
          'SPIFFE bundle (JWKS) of the partner.',
          'trust/partner.example.org.json',
        ).optional(),
      })
      .optional()
      .describe('What the first contact trusts: one of the two. With https_web it may be left out.'),
    bundleEndpoint: z
      .strictObject({
        url: text(urlFormats.bundleEndpointUrl, 'Where the partner serves its bundle.'),
        profile: z
          .enum(['https_spiffe', 'https_web'])
          .optional()
          .describe(`How that endpoint proves who it is. Default: ${DEFAULTS.bundleEndpoint.profile}.`)
          .meta({ default: DEFAULTS.bundleEndpoint.profile }),
        spiffeId: text(
          formats.spiffeId,
          'SPIFFE ID of the endpoint, with https_spiffe. Default: /spire/server, as every SPIRE server has.',
          '/spire/server',
        ).optional(),
      })
      .describe('Where the bundle of this trust domain is fetched.'),
    gateway: z
      .strictObject({
        address: text(addressFormats.address, "IP address or DNS name of the partner's gateway."),
        port: port(`Its port. Default: ${DEFAULTS.gatewayPort}.`).optional().meta({ default: DEFAULTS.gatewayPort }),
        spiffeId: text(
          formats.spiffeId,
          'SPIFFE ID that it presents, whole or as a path.',
          '/ns/istio-system/sa/gateway',
        ),
      })
      .optional()
      .describe('Where calls to workloads of the partner arrive; needed when one is called.'),
  })
  .describe('A trust domain that somebody else runs; nothing is written for it but what its operator must be told.');
