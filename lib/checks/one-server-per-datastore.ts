/** Checks that no two servers share a datastore or keys that belong to one. */
import { SPIRE_SERVER } from '../model/names';
import type { OutputRule } from './output-rule';
import { at, pluginOf, spireConfigurations } from './spire-configurations';

export const oneServerPerDatastore: OutputRule = {
  name: 'one-server-per-datastore',
  looksFor: 'sqlite with more than one replica, or data and keys that are not on a volume',
  why: 'two servers with one sqlite each forget what the other knows; without a volume a restart loses the CA, and with it every federation.',
  source: 'spire doc/scaling_spire.md; doc/plugin_server_keymanager_disk.md',
  check: (objects, cluster, report) => {
    const server = spireConfigurations(objects, cluster)?.server;
    const pod = objects.podOf(SPIRE_SERVER.name);
    if (server === undefined || pod === undefined) return;
    const sql = pluginOf(server, 'DataStore', 'sql');
    const replicas = at(pod.object.spec, 'replicas');
    if (at(sql, 'database_type') === 'sqlite3' && replicas !== 1) {
      report(pod, `has ${String(replicas)} replicas with an sqlite of their own each`);
    }
    const data = objects.mountPathOf(pod, SPIRE_SERVER.volumeClaim);
    const keys = pluginOf(server, 'KeyManager', 'disk');
    for (const path of [at(sql, 'connection_string'), at(keys, 'keys_path')].map(String)) {
      if (data === undefined || !path.startsWith(`${data}/`)) {
        report(pod, `keeps ${path} outside of its volume; a restart loses it`);
      }
    }
  },
};
