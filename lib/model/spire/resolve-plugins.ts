/** Resolves the plugins of a cluster's SPIRE server, and collects their inputs. */
import type { Fleet } from '../../fleet/schema';
import { goDuration } from '../../formats/duration';
import type { FleetPath } from '../../problems/problem';
import { chosen } from '../../spire-plugins/choice';
import type { ServerFacts } from '../../spire-plugins/server-facts';
import {
  filesOfChoices,
  type PluginChoices,
  planServerPlugins,
  type ServerPlugins,
} from '../../spire-plugins/server-plugins';
import { SPIRE_AGENT } from '../names';
import type { ResolvedCluster, ResolvedSpire, ResolvedTrust } from '../resolved-fleet';
import { serverSetting } from '../settings';
import { chosenAuthority } from '../trust/chosen-authority';
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

/** Where a cluster's plugin is chosen; where it could be chosen if nowhere. */
export function placeOfChoice(fleet: Fleet, cluster: string, family: keyof PluginChoices): FleetPath {
  const setting =
    family === 'upstreamAuthority'
      ? { value: fleet.clusters[cluster]?.trust?.authority, place: ['clusters', cluster, 'trust', 'authority'] }
      : serverSetting(fleet, cluster, family);
  const key = chosen(setting.value)?.key;
  return key === undefined ? setting.place : [...setting.place, key];
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
    replicas: mostServers(spire.server),
    agents: { namespace: spire.agentNamespace, serviceAccount: SPIRE_AGENT.name },
    caTtl: goDuration(spire.caTtl),
  };
}
