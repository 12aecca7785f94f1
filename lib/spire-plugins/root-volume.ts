/** The root of the trust domain, as a file in the server's pod. */
import type { PluginMount, PluginVolume } from './plugin';
import { ROOT_FILE } from './pod-paths';
import { rootOf, type ServerFacts } from './server-facts';

/** With a ConfigMap that the output has for it. A change of its text makes new pods. */
export function rootVolume(server: ServerFacts): PluginVolume {
  const { annotations, pem } = rootOf(server);
  const { volume: name, configMap, file } = ROOT_FILE;
  return { name, configMap: { name: configMap, annotations, data: { [file]: pem } } };
}

/** Where plugins of the server read it. The agent beside a nested server mounts it itself. */
export const ROOT_MOUNT: PluginMount = { name: ROOT_FILE.volume, path: ROOT_FILE.folder };

export const ROOT_PATH = `${ROOT_FILE.folder}/${ROOT_FILE.file}`;
