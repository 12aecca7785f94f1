/** Resolves the settings of SPIRE on a cluster: versions, namespaces, lifetimes, ports. */
import { DEFAULTS } from '../../fleet/defaults';
import type { Fleet } from '../../fleet/schema';
import { seconds } from '../../formats/duration';
import { mebibytes } from '../../formats/memory-format';
import { platformOf } from '../cluster/resolve-platform';
import type { ResolvedSpire } from '../resolved-fleet';
import { controllerManagerSetting, setting } from '../settings';
import { spireFeatures } from '../versions';
import { resolveAgentSettings } from './agent-settings';
import { ignoredNamespaces, resolveControllerManager } from './controller-manager-settings';
import { maxSvidTtl } from './duration';
import { upperOf } from './nesting';
import { resolveTelemetry } from './resolve-telemetry';
import { resolveServerSettings } from './server-settings';

export function resolveSpire(fleet: Fleet, cluster: string): ResolvedSpire {
  const serverVersion = setting(fleet, cluster, 'versions', 'spire').value ?? DEFAULTS.versions.spire;
  const agentVersion = setting(fleet, cluster, 'versions', 'agent').value ?? serverVersion;
  const { server: serverNamespace, agent: agentNamespace } = spireNamespaces(fleet, cluster);
  const platform = platformOf(fleet, cluster);
  const common = {
    serverNamespace,
    features: spireFeatures(serverVersion, agentVersion),
    logLevel: setting(fleet, cluster, 'spire', 'logLevel').value ?? DEFAULTS.spire.logLevel,
    logFormat: setting(fleet, cluster, 'spire', 'logFormat').value ?? DEFAULTS.spire.logFormat,
  };
  return {
    serverVersion,
    agentVersion,
    ...common,
    agentNamespace,
    ...resolveTtls(fleet, cluster),
    server: resolveServerSettings(fleet, cluster, common),
    agent: resolveAgentSettings(fleet, cluster, common),
    storage: resolveStorage(fleet, cluster),
    controllerManagerMemory: mebibytes(
      controllerManagerSetting(fleet, cluster, 'memory').value ?? DEFAULTS.spire.controllerManagerMemory,
    ),
    telemetry: resolveTelemetry(fleet, cluster),
    networkPolicies: setting(fleet, cluster, 'spire', 'networkPolicies').value ?? DEFAULTS.spire.networkPolicies,
    apiServerPorts: setting(fleet, cluster, 'spire', 'apiServerPorts').value ?? platform.apiServerPorts.value,
    dnsPorts: setting(fleet, cluster, 'spire', 'dnsPorts').value ?? platform.dnsPorts.value,
    webhookFailurePolicy:
      setting(fleet, cluster, 'spire', 'webhookFailurePolicy').value ?? DEFAULTS.spire.webhookFailurePolicy,
    controllerManager: resolveControllerManager(fleet, cluster, common),
    ignoredNamespaces: ignoredNamespaces(
      serverNamespace,
      agentNamespace,
      controllerManagerSetting(fleet, cluster, 'ignoredNamespaces').value,
    ),
  };
}

/** Key by key, like every setting: a cluster that wants more room keeps the fleet's class. */
function resolveStorage(fleet: Fleet, cluster: string): ResolvedSpire['storage'] {
  const [own, shared] = [fleet.clusters[cluster]?.spire?.storage, fleet.spire?.storage];
  return {
    size: own?.size ?? shared?.size ?? DEFAULTS.spire.storageSize,
    storageClass: own?.storageClass ?? shared?.storageClass,
  };
}

/** Lowers the default to the longest life that the server above can sign. */
function resolveCaTtl(fleet: Fleet, cluster: string): number {
  const own = seconds(caTtlText(fleet, cluster));
  const isWritten = setting(fleet, cluster, 'spire', 'caTtl').value !== undefined;
  return isWritten ? own : Math.min(own, seconds(caTtlText(fleet, upperOf(fleet, cluster))));
}

/** The life of a server's CA as a fleet writes it, before a server above limits it. */
export function caTtlText(fleet: Fleet, cluster: string): string {
  return setting(fleet, cluster, 'spire', 'caTtl').value ?? DEFAULTS.spire.caTtl;
}

/** Lowers the defaults for a short caTtl: the life of an SVID is at most a sixth of its CA's life. */
function resolveTtls(
  fleet: Fleet,
  cluster: string,
): { readonly caTtl: number; readonly x509SvidTtl: number; readonly jwtSvidTtl: number } {
  const caTtl = resolveCaTtl(fleet, cluster);
  const ttl = (key: 'x509SvidTtl' | 'jwtSvidTtl'): number => {
    const written = setting(fleet, cluster, 'spire', key).value;
    return written === undefined ? Math.min(seconds(DEFAULTS.spire[key]), maxSvidTtl(caTtl)) : seconds(written);
  };
  return { caTtl, x509SvidTtl: ttl('x509SvidTtl'), jwtSvidTtl: ttl('jwtSvidTtl') };
}

/** The namespaces of a cluster's server and of its agents; the same one in the shared layout. */
export function spireNamespaces(fleet: Fleet, cluster: string): { readonly server: string; readonly agent: string } {
  return (setting(fleet, cluster, 'spire', 'namespaces').value ?? DEFAULTS.spire.namespaces) === 'shared'
    ? { server: 'spire', agent: 'spire' }
    : { server: 'spire-server', agent: 'spire-system' };
}
