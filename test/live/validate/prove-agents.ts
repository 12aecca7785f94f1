/** Proves that SPIRE accepts the configuration of agents with each of their settings, and that every value is read. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { agent as agentSchema } from '../../../lib/fleet/agent-schema';
import { checkShape } from '../../../lib/fleet/check-shape';
import { resolve } from '../../../lib/model/resolve';
import type { ResolvedCluster } from '../../../lib/model/resolved-fleet';
import { renderAgentConfig } from '../../../lib/spire/agent-config';
import type { AgentPlugin } from '../../../lib/spire-plugins/by-name/agent-plugin';
import { tryRun } from '../machine/command';
import { exampleSettings } from './example-settings';
import { whyNotLoaded } from './load-agent-plugins';
import type { Finding } from './prove-plugins';
import { wrongTypes } from './wrong-types';

export interface ProvedAgents {
  /** Number of configurations that SPIRE accepted. */
  readonly accepted: number;
  /** Keys of agent.conf whose values of a wrong type SPIRE refused. */
  readonly refused: ReadonlySet<string>;
  readonly findings: readonly Finding[];
}

/**
 * @param program path of spire-agent
 * @param folder for the configurations
 * @param root PEM of a root certificate
 */
export async function proveAgents(program: string, folder: string, root: string): Promise<ProvedAgents> {
  const refused = new Set<string>();
  const findings: Finding[] = [];
  let accepted = 0;
  const file = join(folder, 'agent.conf');
  const validate = async (text: string): Promise<string | undefined> => {
    writeFileSync(file, text);
    const { code, stderr } = await tryRun([program, 'validate', '-config', file]);
    return code === 0 ? undefined : stderr.trim();
  };
  const { plugins: _, ...settings } = agentSchema.shape;
  const named = NAMED_PLUGINS.map((plugin) => ({ plugins: [plugin] }));
  for (const written of [...exampleSettings(z.strictObject(settings)), ...named]) {
    const found = { member: 'agent', settings: JSON.stringify(written) };
    const text = renderAgentConfig(clusterWith(written, root));
    const reason = await validate(text);
    if (reason === undefined) accepted += 1;
    else findings.push({ ...found, reason });
    if (hasPluginsToLoad(written)) {
      const notLoaded = await whyNotLoaded({ program, folder, root }, text);
      if (notLoaded !== undefined) findings.push({ ...found, reason: notLoaded });
    }
    const whole = JSON.parse(text) as { readonly agent: Readonly<Record<string, unknown>> };
    for (const { key, configuration } of wrongTypes(whole.agent)) {
      if (refused.has(key)) continue;
      const wrong = await validate(JSON.stringify({ ...whole, agent: configuration }));
      if (wrong !== undefined) refused.add(key);
      else findings.push({ ...found, reason: `the agent takes a wrong type for ${key}` });
    }
  }
  return { accepted, refused, findings };
}

/** Google's store signs in when it is loaded, for which there is no account. */
function hasPluginsToLoad({ plugins = [] }: { readonly plugins?: readonly AgentPlugin[] }): boolean {
  return plugins.length > 0 && plugins.every(({ name }) => name !== 'gcp_secretmanager');
}

/** Plugins by name, with data of several types. */
const NAMED_PLUGINS: readonly AgentPlugin[] = [
  {
    type: 'SVIDStore',
    name: 'aws_secretsmanager',
    data: { region: 'eu-west-1', access_key_id: '$STORE_ID', secret_access_key: '$STORE_KEY' },
    environment: { STORE_ID: { secret: 'store', key: 'id' }, STORE_KEY: { secret: 'store', key: 'key' } },
  },
  { type: 'SVIDStore', name: 'gcp_secretmanager' },
  {
    type: 'WorkloadAttestor',
    name: 'docker',
    data: {
      podman_socket_path: 'unix:///run/plugins/podman/podman.sock',
      use_new_container_locator: true,
      verbose_container_locator_logs: true,
    },
    mounts: [{ hostPath: '/run/podman', path: '/run/plugins/podman' }],
  },
  { type: 'WorkloadAttestor', name: 'slurm' },
  { type: 'WorkloadAttestor', name: 'systemd' },
  { type: 'WorkloadAttestor', name: 'unix', data: { discover_workload_path: true, workload_size_limit: 1024 } },
];

/** SVIDs live long enough for an availability target. */
function clusterWith(agent: object, root: string): ResolvedCluster {
  const spire = { caTtl: '60d', x509SvidTtl: '7d', agent };
  const { fleet } = checkShape({
    fleet: 'agents',
    clusters: { east: { trustDomain: 'east.test', spire } },
  });
  const resolution = fleet && resolve(fleet, { readTrustFile: () => ({ text: root }), now: new Date() });
  const cluster = resolution?.fleet?.clusters[0];
  if (cluster === undefined) throw new Error(`refused: ${JSON.stringify(resolution?.problems ?? agent)}`);
  return cluster;
}
