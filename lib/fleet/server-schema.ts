/** What a fleet file may say of a SPIRE server: its plugins and its pods. */
import * as z from 'zod';
import { CLOUD_IDENTITIES } from '../cloud-identity/catalog';
import { addProblem, named } from '../formats/schema-kit';
import { BUNDLE_PUBLISHERS } from '../spire-plugins/bundle-publisher/catalog';
import { serverPlugin } from '../spire-plugins/by-name/server-plugin';
import { choiceOf, choiceWithSettings, chosen, needsNothing } from '../spire-plugins/choice';
import { DATASTORES, DEFAULT_DATASTORE } from '../spire-plugins/datastore/catalog';
import { DEFAULT_KEY_MANAGER, KEY_MANAGERS } from '../spire-plugins/key-manager/catalog';
import { DEFAULTS } from './defaults';
import { serverSettings } from './server-settings-schema';

export const server = z
  .strictObject({
    datastore: choiceOf(DATASTORES)
      .optional()
      .describe(`Where the server keeps entries, attested nodes and bundles. Default: ${DEFAULT_DATASTORE.key}.`)
      .meta({ default: DEFAULT_DATASTORE.key }),
    keyManager: choiceOf(KEY_MANAGERS)
      .optional()
      .describe(`Where the server keeps the private keys of its CA. Default: ${DEFAULT_KEY_MANAGER.key}.`)
      .meta({ default: DEFAULT_KEY_MANAGER.key }),
    formerDatastore: z
      .enum(DATASTORES.map(({ key }) => key))
      .optional()
      .describe(
        'The datastore that the server had before, while it moves to another one. README.md of the output then has the steps.',
      ),
    formerKeyManager: z
      .enum(KEY_MANAGERS.map(({ key }) => key))
      .optional()
      .describe(
        'The key manager that the server had before, while it moves to another one. README.md of the output then has the steps.',
      ),
    replicas: z
      .int()
      .min(1)
      .max(20)
      .optional()
      .describe(
        `Pods of the server, spread over nodes and zones; with autoscaling, the fewest. More than one need a datastore that they can share. Default: ${DEFAULTS.spire.serverReplicas}.`,
      )
      .meta({ default: DEFAULTS.spire.serverReplicas }),
    autoscaling: z
      .strictObject({
        maxReplicas: z
          .int()
          .min(2)
          .max(20)
          .describe('Most pods of the server.')
          .meta({ examples: [5] }),
        cpu: z
          .int()
          .min(1)
          .max(1000)
          .optional()
          .describe(
            `CPU that the server may use on average before more pods are started, in percent of what it requests. Default: ${DEFAULTS.spire.autoscalingCpu}.`,
          )
          .meta({ default: DEFAULTS.spire.autoscalingCpu }),
      })
      .optional()
      .describe(
        'A HorizontalPodAutoscaler sets the number of pods, from replicas to maxReplicas. It needs the metrics server of Kubernetes. Default: none; the number is that of replicas.',
      ),
    cloudIdentity: choiceWithSettings(CLOUD_IDENTITIES)
      .optional()
      .describe(
        'What the server is in the identity management of a cloud. Plugins that call its APIs sign in with the token of the ServiceAccount. Default: none; they use what the SDK of the cloud finds, such as credentials of the node.',
      ),
    bundlePublishers: named(
      choiceWithSettings(BUNDLE_PUBLISHERS).describe('One of these keys with its settings.'),
      'Where else the server keeps a copy of the trust bundle, for readers that do not ask the server, each under a name of your own. Default: none; agents start from a ConfigMap that the server always writes.',
      'website',
    ).optional(),
    plugins: z
      .array(serverPlugin)
      .max(50)
      .optional()
      .describe(
        'Plugins that no other key has, by their names in SPIRE, in the order of the configuration. Default: none.',
      ),
    ...serverSettings,
  })
  .superRefine(({ jwtSvids, jwtKeyType, jwtIssuer }, context) => {
    if (jwtSvids !== false) return;
    for (const [key, value] of Object.entries({ jwtKeyType, jwtIssuer })) {
      const facts = { key, because: 'with jwtSvids: false, the server signs no JWT-SVIDs' };
      if (value !== undefined) addProblem(context, [key], { code: 'not-applicable', facts, atKey: true });
    }
  })
  .superRefine(({ datastore, keyManager, formerDatastore, formerKeyManager }, context) => {
    const moves = [
      { key: 'formerDatastore', former: formerDatastore, as: 'datastore', now: datastore, members: DATASTORES },
      { key: 'formerKeyManager', former: formerKeyManager, as: 'keyManager', now: keyManager, members: KEY_MANAGERS },
    ];
    for (const { key, former, as, now, members } of moves) {
      const same = members.find((member) => member.key === former && member.key === chosen(now)?.key);
      if (same === undefined || !needsNothing(same)) continue;
      const facts = { key, because: `it is the same as ${as}, so nothing moves` };
      addProblem(context, [key], { code: 'not-applicable', facts, atKey: true });
    }
  })
  .describe(
    'The SPIRE server: its plugins, each by its name or as a map of that one key with settings; its pods; its settings.',
  );
