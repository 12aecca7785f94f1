/** What a fleet says of a plugin of the SPIRE server by its name in SPIRE. */
import * as z from 'zod';
import { dnsLabel, objectName } from '../../formats/formats';
import { text } from '../../formats/schema-kit';
import { SERVER_PLUGINS } from './built-ins';
import { checkPlugin } from './check-plugin';
import { egressKey, environmentKey, mountKeys, mountsKey, pluginKeys } from './settings';

const mount = z
  .strictObject(mountKeys(SERVER_PLUGINS))
  .describe('A mount, of a Secret, a ConfigMap or a PersistentVolumeClaim.')
  .meta({ examples: [{ secret: 'inventory', keys: ['ca.pem'], path: '/run/plugins/inventory' }] });

const permission = z
  .strictObject({
    namespace: text(dnsLabel, 'Namespace in which it applies. Default: the whole cluster.', 'inventory').optional(),
    apiGroups: z
      .array(z.string().max(253))
      .min(1)
      .max(20)
      .describe('API groups; "" is that of Pods and Secrets.')
      .meta({ examples: [['example.org']] }),
    resources: z
      .array(z.string().min(1).max(253))
      .min(1)
      .max(50)
      .describe('Resources, in the plural.')
      .meta({ examples: [['machines']] }),
    resourceNames: z
      .array(text(objectName, 'A name.', 'rack-1'))
      .min(1)
      .max(50)
      .optional()
      .describe('Names of the resources. Default: every name.'),
    verbs: z
      .array(z.enum(['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch']))
      .min(1)
      .describe('What the server may do.')
      .meta({ examples: [['get', 'list']] }),
  })
  .describe('A rule of a role.');

export const serverPlugin = z
  .strictObject({
    ...pluginKeys(SERVER_PLUGINS),
    environment: environmentKey(SERVER_PLUGINS),
    mounts: mountsKey(mount, 'secret, configMap and claim'),
    egress: egressKey('DNS and the API server'),
    permissions: z
      .array(permission)
      .max(20)
      .optional()
      .describe('What the server may do in the Kubernetes API for the plugin. Default: none.'),
  })
  .superRefine(checkPlugin(SERVER_PLUGINS))
  .describe(
    'A plugin that no other key has, by its names in SPIRE. Nothing but its surroundings is checked; `spire-server validate` checks the rest.',
  );

export type NamedPlugin = z.output<typeof serverPlugin>;
