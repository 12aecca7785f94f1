/** What a fleet file may say of the SPIRE agents of a cluster. */
import * as z from 'zod';
import * as durations from '../formats/duration-formats';
import { spiffeId } from '../formats/formats';
import { text } from '../formats/schema-kit';
import { socketFolder, socketName } from '../formats/socket-formats';
import { trustBundleUrl } from '../formats/url-formats';
import { agentPlugin } from '../spire-plugins/by-name/agent-plugin';
import { logKeys } from './log-schema';

const count = (meaning: string, byDefault: number) =>
  z.int().min(1).max(1_000_000).optional().describe(`${meaning} Default: ${byDefault}.`).meta({ default: byDefault });

const perSecond = (what: string) =>
  z
    .int()
    .min(1)
    .max(100_000)
    .optional()
    .describe(`${what} a second. Default: no limit.`)
    .meta({ examples: [50] });

/** Limits that SPIRE counts for each set of selectors, which is each pod. */
const rateLimits = z
  .strictObject({
    fetchX509Svid: perSecond('New streams of X.509-SVIDs'),
    fetchJwtSvid: perSecond('Requests of JWT-SVIDs'),
    fetchX509Bundles: perSecond('New streams of X.509 bundles'),
    fetchJwtBundles: perSecond('New streams of JWT bundles'),
    streamSecrets: perSecond("New SDS streams, such as those of Istio's proxies,"),
    fetchSecrets: perSecond('Single SDS requests'),
  })
  .optional()
  .describe(
    'Limits of the calls of one pod to the agent of its node (SPIRE 1.15.2 and later). Callers that the agent cannot attest share one limit. A call beyond the limit fails with the status Unavailable.',
  );

const experimental = z
  .strictObject({
    syncInterval: text(
      durations.syncInterval,
      `How often agents ask the server for new entries, and renew SVIDs; at most a tenth of the shortest life of an SVID. Longer saves load of the server; pods wait longer for their first SVID. ${durations.boundsOf(durations.syncInterval)} Default: 5s.`,
    )
      .optional()
      .meta({ default: '5s' }),
    rateLimits,
    requirePostQuantumKeyExchange: z
      .boolean()
      .optional()
      .describe(
        'Whether TLS connections of agents must use a key exchange that is safe against quantum computers. Default: false.',
      )
      .meta({ default: false }),
  })
  .optional()
  .describe('Settings that SPIRE may change or remove in any release.');

/** @see https://github.com/spiffe/spire/blob/v1.15.3/doc/spire_agent.md */
export const agent = z
  .strictObject({
    ...logKeys('the agents'),
    x509SvidKeyType: z
      .enum(['ec-p256', 'ec-p384', 'rsa-2048'])
      .optional()
      .describe('Type of the keys of X.509-SVIDs. Default: ec-p256.')
      .meta({ default: 'ec-p256' }),
    availabilityTarget: text(
      durations.availabilityTarget,
      `For how long SVIDs must last without server or agent. Agents renew an X.509-SVID as soon as less than this is left of it. It must be more than 12h shorter than the life of each X.509-SVID. ${durations.boundsOf(durations.availabilityTarget)} Default: none; agents renew at half of the life.`,
    ).optional(),
    x509SvidCacheSize: count(
      'X.509-SVIDs that an agent keeps ready. It keeps more as long as pods use them; others are signed when a pod asks.',
      1000,
    ),
    jwtSvidCacheSize: count('JWT-SVIDs that an agent keeps at most (SPIRE 1.11.1 and later).', 1000),
    workloadAttestors: z
      .array(z.enum(['unix']))
      .min(1)
      .max(1)
      .optional()
      .describe(
        'Workload attestors beside k8s, which always runs. unix: selectors of the user and the groups of a process, such as unix:uid:1000, for entries of your own; the output uses none of them. Default: none.',
      )
      .meta({ examples: [['unix']] }),
    socket: z
      .strictObject({
        directory: text(
          socketFolder,
          'Folder of the socket on each node; nothing else may be in it. Default: /run/spire/agent-sockets.',
        )
          .optional()
          .meta({ default: '/run/spire/agent-sockets' }),
        name: text(socketName, "Name of the socket. Istio's proxies need the default. Default: socket.")
          .optional()
          .meta({ default: 'socket' }),
      })
      .optional()
      .describe('The socket of the Workload API, which pods mount by the CSI driver.'),
    trustBundle: z
      .strictObject({
        url: text(
          trustBundleUrl,
          'Where agents fetch the bundle, over https. They verify the host by the public CAs. The bundle must be of the trust domain of the cluster, and current: agents that attest anew know no other.',
        ),
        format: z
          .enum(['pem', 'spiffe'])
          .optional()
          .describe('pem: certificates. spiffe: a JWK set, such as a bundle endpoint serves. Default: pem.')
          .meta({ default: 'pem' }),
      })
      .optional()
      .describe(
        'The bundle by which agents verify their server before they have attested. Default: the ConfigMap that the server of the cluster writes.',
      ),
    admin: z
      .strictObject({
        delegates: z
          .array(text(spiffeId, 'Path of a SPIFFE ID of the trust domain, or the whole ID.', '/ns/edge/sa/broker'))
          .min(1)
          .max(100)
          .describe(
            'SPIFFE IDs of the pods that may get the SVIDs of every pod on their node, by the Delegated Identity API.',
          ),
      })
      .optional()
      .describe(
        'A second socket of each agent, /run/spire/agent-admin/admin.sock on the node, for delegates. Whoever opens it can read the state of the agent and change its log level. Default: none.',
      ),
    rebootstrap: z
      .strictObject({
        mode: z
          .enum(['auto', 'always', 'never'])
          .optional()
          .describe(
            'auto: where node attestation permits it. always: the agent does not start where node attestation does not permit it. never: the agent stops, and somebody must delete its pod. Default: auto.',
          )
          .meta({ default: 'auto' }),
        delay: text(
          durations.rebootstrapDelay,
          `How long an agent keeps trying the old bundle first. ${durations.boundsOf(durations.rebootstrapDelay)} Default: 10m.`,
        )
          .optional()
          .meta({ default: '10m' }),
      })
      .optional()
      .describe(
        'What agents do when their bundle does not verify the server any more: they read the bundle anew and attest again (SPIRE 1.13 and later).',
      ),
    plugins: z
      .array(agentPlugin)
      .max(50)
      .optional()
      .describe(
        'Plugins that no other key has, by their names in SPIRE, in the order of the configuration. Default: none.',
      ),
    experimental,
  })
  .describe('The SPIRE agents, one on each node.');
