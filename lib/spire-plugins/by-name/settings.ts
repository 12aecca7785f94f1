/** What a fleet says of any plugin by its name in SPIRE. */
import * as z from 'zod';
import { address } from '../../formats/address-formats';
import { secretKey } from '../../formats/database-formats';
import { nodePath, objectName } from '../../formats/formats';
import { checksum, mountPath, pluginName, variableName } from '../../formats/plugin-formats';
import { mapOf, port, text } from '../../formats/schema-kit';
import type { PluginLoader } from './built-ins';

const OWNERS = { server: 'the server', agent: 'the agents' } as const;

/** Types that the program decides are accepted here and refused with a message that says why. */
function typesOf({ builtIns, decided }: PluginLoader): [string, ...string[]] {
  return [...Object.keys(builtIns), ...Object.keys(decided)] as [string, ...string[]];
}

/** Keys of one mount. */
export function mountKeys({ program }: PluginLoader) {
  const owner = OWNERS[program];
  const manyReaders = program === 'server' ? 'Several servers need one that' : 'It must be one that';
  return {
    secret: text(objectName, `Secret of type Opaque in the namespace of ${owner}.`, 'inventory').optional(),
    configMap: text(objectName, `ConfigMap in the namespace of ${owner}.`, 'inventory').optional(),
    claim: text(
      objectName,
      `PersistentVolumeClaim in the namespace of ${owner}. ${manyReaders} many nodes can read.`,
      'plugins',
    ).optional(),
    keys: z
      .array(text(secretKey, 'A key of the Secret.', 'ca.pem'))
      .min(1)
      .max(50)
      .optional()
      .describe('Keys of the Secret that the plugin reads. Required for a Secret.'),
    path: text(mountPath, `Folder of the container of ${owner}.`),
  };
}

/** The plugin, and its program if it is not part of SPIRE. */
export function pluginKeys(loader: PluginLoader) {
  const types = typesOf(loader);
  const [example, [name] = []] =
    loader.program === 'server' ? ['NodeAttestor', ['join_token']] : (Object.entries(loader.builtIns)[0] ?? []);
  return {
    type: z
      .enum(types)
      .describe('Type of the plugin in SPIRE.')
      .meta({ examples: [example] }),
    name: text(pluginName, 'Name of the plugin in SPIRE, or of one that command starts.', name),
    data: z
      .record(z.string(), z.unknown())
      .optional()
      .describe(
        "The plugin_data, by SPIRE's own keys. `$NAME` stands for a variable of environment; every other dollar sign is written as it is. Secrets do not belong here. Default: none.",
      ),
    command: text(
      nodePath,
      'Program of a plugin that is not part of SPIRE; mounts must lead to it. Default: the plugin is part of SPIRE.',
      '/run/plugins/bin/inventory',
    ).optional(),
    args: z.array(z.string().max(1000)).max(50).optional().describe('Arguments of command. Default: none.'),
    checksum: text(
      checksum,
      'SHA-256 of command. SPIRE starts no other program. Default: it is not checked.',
    ).optional(),
  };
}

/** Variables of the container. */
export function environmentKey({ program }: PluginLoader) {
  const owner = OWNERS[program];
  return mapOf(
    text(variableName, 'Name of a variable.'),
    z
      .strictObject({
        secret: text(objectName, `Secret of type Opaque in the namespace of ${owner}.`, 'inventory'),
        key: text(secretKey, 'Key of the Secret.', 'token'),
      })
      .describe('Where the value comes from.'),
  )
    .optional()
    .describe(`Variables of the container of ${owner}, which all its plugins see. Default: none.`)
    .meta({ examples: [{ INVENTORY_TOKEN: { secret: 'inventory', key: 'token' } }] });
}

export const mountsKey = <Mount extends z.ZodType>(mount: Mount, sources: string) =>
  z
    .array(mount)
    .max(20)
    .optional()
    .describe(`What is mounted for the plugin, each from one of ${sources}. Default: none.`);

/** @param anyway what the program may dial without it */
export const egressKey = (anyway: string) =>
  z
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
    .describe(`What the plugin dials, beside ${anyway}. NetworkPolicies allow nothing else. Default: none.`);
