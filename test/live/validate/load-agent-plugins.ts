/** Starts agents with a configuration until they have loaded their plugins. `spire-agent validate` does not look into plugins. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tryRun } from '../machine/command';

/** Seconds after which an agent, which finds no server, is ended. It loads its plugins in less than one. */
const SECONDS = 3;

type Section = Readonly<Record<string, unknown>>;
type Plugins = Readonly<Record<string, readonly Readonly<Record<string, { readonly plugin_data?: Section }>>[]>>;

export interface Agent {
  /** Path of spire-agent. */
  readonly program: string;
  /** For the files of the agent. */
  readonly folder: string;
  /** PEM of a root certificate. */
  readonly root: string;
}

/**
 * @param text agent.conf as it is written for a pod
 * @returns an error of the agent, or undefined if it loaded all plugins
 */
export async function whyNotLoaded({ program, folder, root }: Agent, text: string): Promise<string | undefined> {
  const { agent, plugins } = JSON.parse(text) as { readonly agent: Section; readonly plugins: Plugins };
  const bundle = join(folder, 'bundle.pem');
  writeFileSync(bundle, root);
  const here = {
    ...agent,
    ...{ data_dir: join(folder, 'data'), socket_path: join(folder, 'agent.sock') },
    ...{ server_address: '127.0.0.1', server_port: '1', trust_bundle_path: bundle },
  };
  const file = join(folder, 'running-agent.conf');
  writeFileSync(file, JSON.stringify({ agent: here, plugins: withPodFiles(plugins, folder, bundle) }));
  const env = { KUBELET_ADDRESS: '127.0.0.1', STORE_ID: 'id', STORE_KEY: 'key' };
  const { stdout, stderr } = await tryRun([program, 'run', '-config', file, '-expandEnv'], { timeout: SECONDS, env });
  const lines = `${stdout}\n${stderr}`.split('\n');
  const missing = namesOf(plugins).find(
    (name) => !lines.some((line) => line.includes('Plugin loaded') && line.includes(`plugin_name=${name} `)),
  );
  if (missing === undefined) return undefined;
  return lines.find((line) => line.includes('level=error')) ?? `the agent does not load ${missing}: ${stdout}${stderr}`;
}

/** The workload attestor of Kubernetes reads files of the pod when it is loaded. */
function withPodFiles(plugins: Plugins, folder: string, bundle: string): Plugins {
  const token = join(folder, 'token');
  writeFileSync(token, 'token');
  const { WorkloadAttestor = [] } = plugins;
  return {
    ...plugins,
    WorkloadAttestor: WorkloadAttestor.map((entry) =>
      entry.k8s === undefined
        ? entry
        : { k8s: { plugin_data: { ...entry.k8s.plugin_data, token_path: token, kubelet_ca_path: bundle } } },
    ),
  };
}

function namesOf(plugins: Plugins): readonly string[] {
  return Object.values(plugins)
    .flat()
    .flatMap((entry) => Object.keys(entry));
}
