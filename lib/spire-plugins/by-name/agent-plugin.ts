/** What a fleet says of a plugin of the SPIRE agents by its name in SPIRE. */
import * as z from 'zod';
import { nodePath } from '../../formats/formats';
import { text } from '../../formats/schema-kit';
import { AGENT_PLUGINS } from './built-ins';
import { checkPlugin } from './check-plugin';
import { egressKey, environmentKey, mountKeys, mountsKey, pluginKeys } from './settings';

const mount = z
  .strictObject({
    ...mountKeys(AGENT_PLUGINS),
    hostPath: text(
      nodePath,
      'Folder of the node, such as that of a socket. It must be there on every node, or agents do not start on it.',
      '/run/dbus',
    ).optional(),
  })
  .describe('A mount, of a Secret, a ConfigMap, a PersistentVolumeClaim or a folder of the node.')
  .meta({ examples: [{ hostPath: '/run/dbus', path: '/run/plugins/dbus' }] });

export const agentPlugin = z
  .strictObject({
    ...pluginKeys(AGENT_PLUGINS),
    environment: environmentKey(AGENT_PLUGINS),
    mounts: mountsKey(mount, 'secret, configMap, claim and hostPath'),
    egress: egressKey('DNS, the server and the kubelets'),
  })
  .superRefine(checkPlugin(AGENT_PLUGINS))
  .describe(
    'A plugin that no other key has, by its names in SPIRE. Nothing but its surroundings is checked; agents check the rest when they start.',
  );

export type AgentPlugin = z.output<typeof agentPlugin>;
