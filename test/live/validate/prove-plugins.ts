/** Proves that SPIRE accepts every plugin as it is written, and that every value reaches the plugin. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { PluginPlan } from '../../../lib/spire-plugins/plugin';
import { allPlugins, type ServerPlugins } from '../../../lib/spire-plugins/server-plugins';
import { type ExampleServer, exampleServers } from './example-servers';
import { type Validator, validate } from './validate';
import { wrongTypes } from './wrong-types';

export interface Finding {
  readonly member: string;
  readonly settings: string;
  readonly reason: string;
}

export interface Proved {
  /** Configurations that SPIRE accepted, by member. */
  readonly accepted: ReadonlyMap<string, number>;
  /** Values of a wrong type that SPIRE refused, as plugin and key. */
  readonly refused: ReadonlySet<string>;
  readonly findings: readonly Finding[];
}

/** @param pem certificates for all files that validation reads */
export async function provePlugins(program: string, folder: string, pem: string): Promise<Proved> {
  const servers = exampleServers(pem);
  const validator = (name: string): Validator => {
    const own = join(folder, name);
    mkdirSync(own, { recursive: true });
    return { program, folder: own };
  };
  const accepted = new Map<string, number>();
  const refused = new Set<string>();
  const findings: Finding[] = [];
  for (const [index, server] of servers.entries()) {
    const reason = await validate(validator(`server-${index}`), server.plugins);
    if (reason === undefined) accepted.set(server.member, (accepted.get(server.member) ?? 0) + 1);
    else findings.push({ ...server, reason });
  }
  for (const [index, { server, plugin, key, plugins }] of wrongServers(servers).entries()) {
    const reason = await validate(validator(`wrong-${index}`), plugins);
    if (reason?.includes(`"${plugin}"`)) refused.add(`${plugin}.${key}`);
    else findings.push({ ...server, reason: `${plugin} takes a wrong type for ${key}: ${reason ?? 'no finding'}` });
  }
  return { accepted, refused, findings };
}

interface WrongServer {
  readonly server: ExampleServer;
  readonly plugin: string;
  readonly key: string;
  readonly plugins: ServerPlugins;
}

/** One for each value of each member: a key that several settings have is tried once. */
function wrongServers(servers: readonly ExampleServer[]): readonly WrongServer[] {
  const byKey = new Map<string, WrongServer>();
  for (const server of servers) {
    for (const plan of allPlugins(server.plugins)) {
      for (const { key, configuration } of wrongTypes(plan.configuration)) {
        const plugins = replaced(server.plugins, plan, { ...plan, configuration });
        const type = plan.configuration.database_type;
        const id = [plan.plugin, JSON.stringify(type), key].join(' ');
        if (!byKey.has(id)) byKey.set(id, { server, plugin: plan.plugin, key, plugins });
      }
    }
  }
  return [...byKey.values()];
}

function replaced(plugins: ServerPlugins, plan: PluginPlan, other: PluginPlan): ServerPlugins {
  const { datastore, keyManager, upstreamAuthority, nodeAttestors, bundlePublishers, others } = plugins;
  const swap = <Plan extends PluginPlan | undefined>(one: Plan): Plan => (one === plan ? { ...one, ...other } : one);
  return {
    ...plugins,
    datastore: swap(datastore),
    keyManager: swap(keyManager),
    upstreamAuthority: swap(upstreamAuthority),
    nodeAttestors: nodeAttestors.map(swap),
    others: others.map(swap),
    bundlePublishers: Object.fromEntries(Object.entries(bundlePublishers).map(([name, one]) => [name, swap(one)])),
  };
}
