/** Checks that no two servers share a datastore or keys that belong to one. */
import { SPIRE_SERVER } from '../model/names';
import type { PluginPlan } from '../spire-plugins/plugin';
import type { OutputRule } from './output-rule';
import { at, pluginOf, spireConfigurations } from './spire-configurations';

export const oneServerPerDatastore: OutputRule = {
  name: 'one-server-per-datastore',
  looksFor:
    'several replicas with a datastore that belongs to one server, such as SQLite, or data or keys outside of the volume',
  why: 'two servers with separate datastores do not know the entries of each other. Without a volume, a restart loses the CA and with it every federation.',
  source: 'spire doc/scaling_spire.md; doc/plugin_server_keymanager_disk.md',
  check: (objects, cluster, report) => {
    const server = spireConfigurations(objects, cluster)?.server;
    const pod = objects.podOf(SPIRE_SERVER.name);
    if (server === undefined || pod === undefined) return;
    const { datastore, keyManager } = cluster.plugins;
    const replicas = at(pod.object.spec, 'replicas');
    if (!datastore.isShared && replicas !== 1) {
      report(pod, `has ${String(replicas)} replicas with a datastore of their own each`);
    }
    const data = objects.mountPathOf(pod, SPIRE_SERVER.volumeClaim);
    const written = [
      { plan: datastore, settings: pluginOf(server, 'DataStore', datastore.plugin) },
      { plan: keyManager, settings: pluginOf(server, 'KeyManager', keyManager.plugin) },
    ];
    for (const path of written.flatMap(({ plan, settings }) => filesOf(plan, settings))) {
      if (data === undefined || !path.startsWith(`${data}/`)) {
        report(pod, `keeps ${path} outside of its volume; a restart loses it`);
      }
    }
  },
};

/** Paths, read from the written configuration, of files that must outlive the pod. */
function filesOf({ lastingFiles = [] }: PluginPlan, settings: unknown): readonly string[] {
  return lastingFiles.map((key) => String(at(settings, key)));
}
