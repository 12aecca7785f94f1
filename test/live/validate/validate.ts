/** Asks `spire-server validate` what it says of a server's configuration. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { completeSettings } from '../../../lib/model/spire/without-fleet';
import { renderServerConfig } from '../../../lib/spire/server-config';
import type { PluginPlan } from '../../../lib/spire-plugins/plugin';
import { allPlugins, environmentOf, type ServerPlugins } from '../../../lib/spire-plugins/server-plugins';
import { tryRun } from '../machine/command';

export interface Validator {
  /** Path of spire-server. */
  readonly program: string;
  /** An empty folder for the files of the pod. */
  readonly folder: string;
}

/** Why SPIRE refuses the configuration; undefined if it accepts it. */
export async function validate({ program, folder }: Validator, plugins: ServerPlugins): Promise<string | undefined> {
  const variables = environmentOf(plugins);
  const expands = variables.some(({ inConfiguration }) => inConfiguration);
  const file = join(folder, 'server.conf');
  const text = renderServerConfig(completeSettings({ trustDomain: 'east.test', name: 'east', plugins }));
  writeFileSync(file, withFiles(text, allPlugins(plugins), folder));
  const values = variables.map((variable) => [variable.name, 'value' in variable ? variable.value : 'example']);
  const { code, stderr } = await tryRun([program, 'validate', '-config', file, ...(expands ? ['-expandEnv'] : [])], {
    env: Object.fromEntries(values),
  });
  return code === 0 ? undefined : stderr.trim();
}

/** Validation reads some files. Those of ConfigMaps are written to a folder that stands for the pod's. */
function withFiles(text: string, plans: readonly PluginPlan[], folder: string): string {
  const volumes = plans.flatMap(({ volumes: own = [] }) => own);
  return plans
    .flatMap(({ mounts = [] }) => mounts)
    .reduce((changed, { name, path }) => {
      const volume = volumes.find((one) => one.name === name);
      if (volume === undefined || !('configMap' in volume)) return changed;
      const own = join(folder, name);
      mkdirSync(own, { recursive: true });
      for (const [key, data] of Object.entries(volume.configMap.data)) writeFileSync(join(own, key), data);
      return changed.replaceAll(`"${path}/`, `"${own}/`);
    }, text);
}
