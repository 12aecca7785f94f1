/** Reads the configuration of SPIRE's components back from the ConfigMaps that hold it. */
import { CONTROLLER_MANAGER, SPIRE_AGENT, SPIRE_SERVER } from '../model/names';
import type { ResolvedCluster } from '../model/resolved-fleet';
import { readPluginData } from '../spire-plugins/plugin-data';
import { readYaml } from '../yaml/read-yaml';
import type { ClusterObjects, PlacedObject } from './cluster-objects';
import type { ReportFault } from './output-fault';

export interface Configuration {
  readonly placed: PlacedObject;
  readonly content: unknown;
}

export interface SpireConfigurations {
  readonly server: Configuration;
  readonly agent: Configuration;
  readonly manager: Configuration;
}

const read = new WeakMap<ClusterObjects, SpireConfigurations>();

/** All three configurations. Undefined if one is missing, which the check of references reports. */
export function spireConfigurations(
  objects: ClusterObjects,
  { spire }: Pick<ResolvedCluster, 'spire'>,
): SpireConfigurations | undefined {
  const known = read.get(objects);
  if (known !== undefined) return known;
  const server = configOf(objects, spire.serverNamespace, SPIRE_SERVER.configMap);
  const agent = configOf(objects, spire.agentNamespace, SPIRE_AGENT.configMap);
  const manager = configOf(objects, spire.serverNamespace, CONTROLLER_MANAGER.configMap);
  if (server === undefined || agent === undefined || manager === undefined) return undefined;
  const all = { server, agent, manager };
  read.set(objects, all);
  return all;
}

/** The value at a path inside a value; undefined if there is none. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (inner, step) => (inner as Readonly<Record<string | number, unknown>> | undefined)?.[step],
    value,
  );
}

/** The settings of a plugin, by type and name. */
export function pluginOf(configuration: Configuration, type: string, name: string): unknown {
  return readPluginData(at(configuration.content, 'plugins', type, 0, name, 'plugin_data'));
}

/** Reports a fault if values that must be equal differ. */
export function agree(report: ReportFault, place: PlacedObject, what: string, values: readonly unknown[]): void {
  const distinct = new Set(values.map((value) => JSON.stringify(value)));
  if (distinct.size > 1) {
    report(place, `${what} disagrees: ${[...distinct].join(', ')}`);
  }
}

function configOf(objects: ClusterObjects, namespace: string, name: string): Configuration | undefined {
  const placed = objects
    .ofKind('ConfigMap')
    .find(({ object }) => object.metadata.name === name && object.metadata.namespace === namespace);
  const [text] = Object.values((placed?.object.data as Readonly<Record<string, string>> | undefined) ?? {});
  return placed === undefined || text === undefined ? undefined : { placed, content: parseConfiguration(text) };
}

/** SPIRE's configurations are JSON, which is parsed ten times as fast; the controller manager's is YAML. */
function parseConfiguration(text: string): unknown {
  return text.startsWith('{') ? (JSON.parse(text) as unknown) : readYaml(text);
}
