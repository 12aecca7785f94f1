/** Reads the configuration of SPIRE's components back from the ConfigMaps that hold it. */
import { CONTROLLER_MANAGER, SPIRE_AGENT, SPIRE_SERVER } from '../model/names';
import type { ResolvedCluster } from '../model/resolved-fleet';
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

/** All three, read once; undefined where one is missing, which the references tell. */
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

/** Follows a path into a value; undefined where it ends early. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (inner, step) => (inner as Readonly<Record<string | number, unknown>> | undefined)?.[step],
    value,
  );
}

/** Settings of a plugin, as SPIRE's catalog finds them. */
export function pluginOf(configuration: Configuration, type: string, name: string): unknown {
  return at(configuration.content, 'plugins', type, 0, name, 'plugin_data');
}

/** Reports values that must be the same and are not. */
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

/** SPIRE's own files are JSON, the controller manager's is YAML; the former is read ten times as fast. */
function parseConfiguration(text: string): unknown {
  return text.startsWith('{') ? (JSON.parse(text) as unknown) : readYaml(text);
}
