/** What a fleet says of a plugin by its name in SPIRE. */
import * as z from 'zod';
import { address } from '../../formats/address-formats';
import { secretKey } from '../../formats/database-formats';
import { dnsLabel, nodePath, objectName } from '../../formats/formats';
import { checksum, mountPath, pluginName, variableName } from '../../formats/plugin-formats';
import { mapOf, port, text } from '../../formats/schema-kit';
import { checkPlugin } from './check-plugin';

const mount = z
  .strictObject({
    secret: text(objectName, 'Secret of type Opaque in the namespace of the server.', 'inventory').optional(),
    configMap: text(objectName, 'ConfigMap in the namespace of the server.', 'inventory').optional(),
    claim: text(
      objectName,
      'PersistentVolumeClaim in the namespace of the server. Several servers need one that many nodes can read.',
      'plugins',
    ).optional(),
    keys: z
      .array(text(secretKey, 'A key of the Secret.', 'ca.pem'))
      .min(1)
      .max(50)
      .optional()
      .describe('Keys of the Secret that the plugin reads. Required for a Secret.'),
    path: text(mountPath, 'Folder of the container of the server.'),
  })
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

/** The program of a plugin that is not part of SPIRE. */
const program = {
  command: text(
    nodePath,
    'Program of a plugin that is not part of SPIRE; mounts must lead to it. Default: the plugin is part of SPIRE.',
    '/run/plugins/bin/inventory',
  ).optional(),
  args: z.array(z.string().max(1000)).max(50).optional().describe('Arguments of command. Default: none.'),
  checksum: text(checksum, 'SHA-256 of command. SPIRE starts no other program. Default: it is not checked.').optional(),
};

/** What a plugin needs around it. */
const surroundings = {
  environment: mapOf(
    text(variableName, 'Name of a variable.'),
    z
      .strictObject({
        secret: text(objectName, 'Secret of type Opaque in the namespace of the server.', 'inventory'),
        key: text(secretKey, 'Key of the Secret.', 'token'),
      })
      .describe('Where the value comes from.'),
  )
    .optional()
    .describe('Variables of the container of the server, which all its plugins see. Default: none.')
    .meta({ examples: [{ INVENTORY_TOKEN: { secret: 'inventory', key: 'token' } }] }),
  mounts: z
    .array(mount)
    .max(20)
    .optional()
    .describe('What is mounted for the plugin, each from one of secret, configMap and claim. Default: none.'),
  egress: z
    .array(
      z
        .strictObject({
          host: text(address, 'IP address or DNS name.', 'inventory.example.org'),
          port: port('Port.', 443),
        })
        .describe('A connection.'),
    )
    .max(20)
    .optional()
    .describe(
      'What the plugin dials, beside DNS and the API server. NetworkPolicies allow nothing else. Default: none.',
    ),
  permissions: z
    .array(permission)
    .max(20)
    .optional()
    .describe('What the server may do in the Kubernetes API for the plugin. Default: none.'),
};

/** @param types that the plugin can have */
export const namedPlugin = <Types extends readonly [string, ...string[]]>(types: Types) =>
  z
    .strictObject({
      type: z
        .enum(types)
        .describe('Type of the plugin in SPIRE.')
        .meta({ examples: ['NodeAttestor'] }),
      name: text(pluginName, 'Name of the plugin in SPIRE, or of one that command starts.', 'join_token'),
      data: z
        .record(z.string(), z.unknown())
        .optional()
        .describe(
          "The plugin_data, by SPIRE's own keys. `$NAME` stands for a variable of environment; every other dollar sign is written as it is. Secrets do not belong here. Default: none.",
        ),
      ...program,
      ...surroundings,
    })
    .superRefine(checkPlugin)
    .describe(
      'A plugin that no other key has, by its names in SPIRE. Nothing but its surroundings is checked; `spire-server validate` checks the rest.',
    );

export type NamedPlugin = z.output<ReturnType<typeof namedPlugin>>;
