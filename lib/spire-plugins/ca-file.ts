/** A file with the certificates of a CA, which a plugin verifies what it calls with. */
import type { PluginMount, PluginVolume } from './plugin';
import type { ServerFacts } from './server-facts';

const FILE = 'ca.pem';

interface CaFile {
  readonly volumes: readonly PluginVolume[];
  readonly mounts: readonly PluginMount[];
}

/**
 * Brings a file of the fleet into the server's container, by a ConfigMap.
 * @param name of the volume, and a part of the names of ConfigMap and folder
 * @param file as the settings name it
 */
export function caFile(name: string, file: string | undefined, files: ServerFacts['files'] = {}): CaFile {
  if (file === undefined) return { volumes: [], mounts: [] };
  // A file that was refused has no text, and its fleet has no output.
  const configMap = { name: `spire-server-${name}`, data: { [FILE]: files[file] ?? '' } };
  return { volumes: [{ name, configMap }], mounts: [{ name, path: folderOf(name) }] };
}

/** Path of the file in the server's container. */
export function caPath(name: string): string {
  return `${folderOf(name)}/${FILE}`;
}

function folderOf(name: string): string {
  return `/run/spire/${name}`;
}
