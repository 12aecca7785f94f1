/** Resolves the plugins of a cluster's SPIRE server, and collects their inputs. */
import type { Fleet, FleetCluster } from '../../fleet/schema';
import { goDuration } from '../../formats/duration';
import type { FleetPath } from '../../problems/problem';
import type { BundlePublisherPlan } from '../../spire-plugins/bundle-publisher/bundle-publisher';
import type { NamedPluginPlan } from '../../spire-plugins/by-name/plan';
import { chosen } from '../../spire-plugins/choice';
import type { PluginPlan } from '../../spire-plugins/plugin';
import type { ServerFacts } from '../../spire-plugins/server-facts';
import {
  CHOSEN_FAMILIES,
  type ChosenFamily,
  filesOfChoices,
  type PluginChoices,
  planServerPlugins,
  type ServerPlugins,
} from '../../spire-plugins/server-plugins';
import { SPIRE_AGENT, SPIRE_SERVER } from '../names';
import type { ResolvedCluster, ResolvedSpire, ResolvedTrust } from '../resolved-fleet';
import { type Setting, serverSetting } from '../settings';
import { chosenAuthority, placeOfAuthority } from '../trust/chosen-authority';
import { fingerprintsOf } from '../trust/fingerprints';
import type { ReadPluginFile } from './plugin-files';
import type { ResolvedNesting } from './resolved-nesting';
import { mostServers } from './server-settings';

/** The parts of a cluster that are resolved before its plugins. */
interface ServerParts extends ResolvedNesting {
  readonly trustDomain: string;
  readonly spire: ResolvedSpire;
  readonly trust: ResolvedTrust;
}

export function resolvePlugins(
  fleet: Fleet,
  cluster: string,
  parts: ServerParts,
  readFile: ReadPluginFile,
): ServerPlugins {
  const choices = {
    datastore: chosen(serverSetting(fleet, cluster, 'datastore').value),
    keyManager: chosen(serverSetting(fleet, cluster, 'keyManager').value),
    upstreamAuthority: chosenAuthority(fleet, cluster),
    bundlePublishers: chosenPublishers(fleet, cluster),
    otherPlugins: serverSetting(fleet, cluster, 'plugins').value,
  };
  const { trustDomain, trust, upstream, serverApi } = parts;
  return planServerPlugins(choices, {
    ...commonFacts({ name: cluster, trustDomain, spire: parts.spire }),
    root: trust.root && { pem: trust.root.pem, annotations: trust.bundle ? fingerprintsOf(trust.bundle) : {} },
    upstream,
    nestedRootPem: serverApi?.rootPem,
    files: readFiles(fleet, cluster, choices, readFile),
  });
}

/** By path. Leaves out files that were refused. */
function readFiles(
  fleet: Fleet,
  cluster: string,
  choices: PluginChoices,
  readFile: ReadPluginFile,
): Readonly<Record<string, string>> {
  const texts = filesOfChoices(choices).flatMap((file) => {
    const { path, family, place } = file;
    const text = readFile({ ...file, place: [...placeOfChoice(fleet, cluster, family), ...place] });
    return text === undefined ? [] : [[path, text] as const];
  });
  return Object.fromEntries(texts);
}

function chosenPublishers(fleet: Fleet, cluster: string): PluginChoices['bundlePublishers'] {
  const written = serverSetting(fleet, cluster, 'bundlePublishers').value ?? {};
  const choices = Object.entries(written).flatMap(([name, one]) => {
    const choice = chosen(one);
    return choice === undefined ? [] : [[name, choice] as const];
  });
  return Object.fromEntries(choices);
}

/** A plugin that a fleet chose, and where. */
export interface PlacedPlugin {
  readonly plan: PluginPlan;
  readonly place: FleetPath;
}

/** All plugins of a server that a fleet chose or could choose. Node attestors follow from nesting. */
export function placedPlugins(fleet: Fleet, cluster: string, plugins: ServerPlugins): readonly PlacedPlugin[] {
  return [
    ...CHOSEN_FAMILIES.flatMap((family) => {
      const plan = plugins[family];
      return plan === undefined ? [] : [{ plan, place: placeOfChoice(fleet, cluster, family) }];
    }),
    ...placedPublishers(fleet, cluster, plugins),
    ...placedOthers(fleet, cluster, plugins),
  ];
}

export interface PlacedOther extends PlacedPlugin {
  readonly plan: NamedPluginPlan;
}

/** Plugins by their names in SPIRE. */
export function placedOthers(fleet: Fleet, cluster: string, { others }: ServerPlugins): readonly PlacedOther[] {
  const { place } = serverSetting(fleet, cluster, 'plugins');
  return others.map((plan) => ({ plan, place: [...place, plan.index] }));
}

export interface PlacedPublisher extends PlacedPlugin {
  readonly plan: BundlePublisherPlan;
}

export function placedPublishers(fleet: Fleet, cluster: string, plugins: ServerPlugins): readonly PlacedPublisher[] {
  const { value = {}, place } = serverSetting(fleet, cluster, 'bundlePublishers');
  return Object.entries(plugins.bundlePublishers).map(([name, plan]) => ({
    plan,
    place: [...place, name, ...Object.keys(value[name] ?? {})],
  }));
}

/** Where a cluster's plugin is chosen; where it could be chosen if nowhere. */
export function placeOfChoice(fleet: Fleet, cluster: string, family: ChosenFamily): FleetPath {
  const { value, place } =
    family === 'upstreamAuthority' ? authoritySetting(fleet, cluster) : serverSetting(fleet, cluster, family);
  const key = chosen(value)?.key;
  return key === undefined ? place : [...place, key];
}

/** `nestedUnder` and `trust.secret` choose an authority as well. */
function authoritySetting(fleet: Fleet, cluster: string): Setting<NonNullable<FleetCluster['trust']>['authority']> {
  const written = fleet.clusters[cluster];
  return {
    value: written?.nestedUnder === undefined ? written?.trust?.authority : undefined,
    place: ['clusters', cluster, ...(written === undefined ? [] : placeOfAuthority(written))],
  };
}

/** The facts that a server has with a fleet and without one. */
export function commonFacts({
  name,
  trustDomain,
  spire,
}: Pick<ResolvedCluster, 'name' | 'trustDomain' | 'spire'>): ServerFacts {
  return {
    cluster: name,
    trustDomain,
    namespace: spire.serverNamespace,
    serviceAccount: SPIRE_SERVER.name,
    replicas: mostServers(spire.server),
    agents: { namespace: spire.agentNamespace, serviceAccount: SPIRE_AGENT.name },
    caTtl: goDuration(spire.caTtl),
  };
}
