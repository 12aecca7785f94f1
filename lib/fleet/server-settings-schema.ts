/** Keys of a SPIRE server that are written into its configuration as they are, beside its plugins. */
import * as z from 'zod';
import { seconds } from '../formats/duration';
import * as durations from '../formats/duration-formats';
import * as formats from '../formats/formats';
import { addProblem, enabled, text } from '../formats/schema-kit';
import { country, nameAttribute } from '../formats/subject-formats';
import { jwtIssuer } from '../formats/url-formats';
import { DEFAULTS } from './defaults';
import { logKeys } from './log-schema';

const KEY_TYPES = ['ec-p256', 'ec-p384', 'rsa-2048', 'rsa-4096'] as const;

const keyType = (meaning: string) => z.enum(KEY_TYPES).optional().describe(meaning);

/** @see spire pkg/server/endpoints/endpoints.go New, entryfetcher.go pruneEventsTask */
const WHY_LONGER: Readonly<Record<string, string>> = {
  fullCacheReloadInterval: 'otherwise the server does not start',
  pruneEventsOlderThan:
    'otherwise events are deleted before every server has read them, and agents do not learn of new entries',
};

/** @see https://github.com/spiffe/spire/blob/v1.15.3/doc/spire_server.md */
export const serverSettings = {
  ...logKeys('the server'),
  caKeyType: keyType('Type of the key of the CA. Default: ec-p256.').meta({ default: 'ec-p256' }),
  jwtKeyType: keyType('Type of the key that signs JWT-SVIDs. Default: that of caKeyType.'),
  caSubject: z
    .strictObject({
      country: text(country, `Default: ${DEFAULTS.spire.caSubject.country}.`)
        .optional()
        .meta({ default: DEFAULTS.spire.caSubject.country }),
      organization: text(nameAttribute, `Default: ${DEFAULTS.spire.caSubject.organization}.`, 'Shop')
        .optional()
        .meta({ default: DEFAULTS.spire.caSubject.organization }),
      commonName: text(nameAttribute, 'Default: the trust domain.', 'east.example.org').optional(),
    })
    .optional()
    .describe("Subject of the CA's certificate. A cluster that has one takes nothing from that of the fleet."),
  jwtIssuer: text(
    jwtIssuer,
    'The issuer in JWT-SVIDs (claim iss). Verifiers by OIDC look for keys below it. Default: none; SPIRE then leaves out the claim.',
  ).optional(),
  jwtSvids: enabled(
    'Whether the server signs JWT-SVIDs. With false it has no keys for them (SPIRE 1.14 and later).',
    true,
  ),
  agentTtl: text(
    durations.x509SvidTtl,
    `Life of the SVIDs of agents; at most a sixth of caTtl, and a week. ${durations.boundsOf(durations.x509SvidTtl)} Without it, x509SvidTtl applies.`,
  ).optional(),
  auditLog: enabled('Whether the server logs each call of its API.', false),
  adminIds: z
    .array(text(formats.spiffeId, 'A SPIFFE ID.', 'spiffe://east.example.org/ns/ops/sa/admin'))
    .min(1)
    .max(100)
    .optional()
    .describe("SPIFFE IDs whose holders may do everything in the server's API. Default: none."),
  rateLimits: z
    .strictObject({
      attestation: enabled('Whether one address can attest a node once a second only.', true),
      signing: enabled('Whether one address gets 500 SVIDs of a kind a second at most.', true),
    })
    .optional()
    .describe('Limits of the calls of one IP address. They count a load balancer as one address.'),
  forgetAgentsAfter: text(
    durations.forgetAgents,
    `How long after the end of its SVID an agent is forgotten (SPIRE 1.13 and later). ${durations.boundsOf(durations.forgetAgents)} Default: ${DEFAULTS.spire.forgetAgentsAfter}.`,
  )
    .optional()
    .meta({ default: DEFAULTS.spire.forgetAgentsAfter }),
  experimental: z
    .strictObject({
      cacheReloadInterval: text(
        formats.duration,
        'How often the server reads new entries from the datastore; longer saves queries, and entries reach agents later. At least 1s. Default: 5s.',
        '10s',
      )
        .optional()
        .meta({ default: '5s' }),
      eventsBasedCache: enabled('Whether the server reads only what has changed in the datastore.', false),
      fullCacheReloadInterval: text(
        formats.duration,
        'How often a cache by events is read anew as a whole. At least 1s. Default: 24h.',
        '12h',
      )
        .optional()
        .meta({ default: '24h' }),
      pruneEventsOlderThan: text(formats.duration, 'Age at which events are deleted. At least 1s. Default: 12h.', '6h')
        .optional()
        .meta({ default: '12h' }),
      requirePostQuantumKeyExchange: enabled(
        'Whether TLS connections to the server must use a key exchange that is safe against quantum computers.',
        false,
      ),
    })
    .superRefine(
      ({ cacheReloadInterval = '5s', fullCacheReloadInterval = '24h', pruneEventsOlderThan = '12h' }, context) => {
        const other = { other: 'cacheReloadInterval', otherGiven: cacheReloadInterval };
        const longer = { fullCacheReloadInterval, pruneEventsOlderThan };
        for (const [key, given] of Object.entries(longer)) {
          if (seconds(given) > seconds(cacheReloadInterval)) continue;
          const facts = { key, given, ...other, because: WHY_LONGER[key] };
          addProblem(context, [], { code: 'interval-too-short', facts });
        }
      },
    )
    .optional()
    .describe('Settings that SPIRE may change or remove in any release.'),
};
