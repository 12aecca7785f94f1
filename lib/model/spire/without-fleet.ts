/** Fills in the defaults of a fleet for SPIRE constructs that are used without one. */
import type { Fleet } from '../../fleet/schema';
import type { PluginPermissions } from '../../spire-plugins/plugin';
import type { ServerFacts } from '../../spire-plugins/server-facts';
import {
  filesOfChoices,
  type PluginChoices,
  permissionsOf,
  planServerPlugins,
  type ServerPlugins,
} from '../../spire-plugins/server-plugins';
import { resolveKubelet } from '../cluster/resolve-platform';
import { resolveKubernetes } from '../istio/resolve-istio';
import { orThrow } from '../problem-error';
import type { ResolvedCluster, ResolvedKubelet, ResolvedSpire } from '../resolved-fleet';
import { authorityOf } from '../trust/bundle';
import { fingerprintsOf } from '../trust/fingerprints';
import { readGivenRoots } from '../trust/root-certificates';
import { spireFeatures } from '../versions';
import { commonFacts } from './resolve-plugins';
import { ignoredNamespaces, resolveSpire } from './resolve-spire';

const CLUSTER = 'cluster';

/** A fleet that leaves everything to the defaults. */
const NOTHING_SAID: Fleet = { fleet: 'none', clusters: { [CLUSTER]: { trustDomain: 'example.org' } } };

/** Minor version of Kubernetes where none is given. */
export const DEFAULT_KUBERNETES: string = resolveKubernetes(NOTHING_SAID, CLUSTER);

/** One SPIRE server and its cluster, as a program describes them; a cluster of a resolved fleet is one of these as well. */
export interface SpireSettings extends PluginChoices {
  readonly trustDomain: string;
  /** Name of the cluster in the SPIFFE IDs of its agents. @default 'cluster' */
  readonly name?: string;
  /** @default - the defaults of a fleet without SPIRE settings */
  readonly spire?: Partial<ResolvedSpire>;
  /**
   * Root certificates of the trust domain in PEM, below which the server's CA is. Their validity periods are not checked.
   * @default - the server signs with a CA of its own
   */
  readonly root?: string;
  /** PEM text of each file that settings of plugins name, by its path. @default - no plugin names one */
  readonly files?: Readonly<Record<string, string>>;
  /** Plans of the plugins, such as those of a resolved fleet. @default - made from the choices and `root` */
  readonly plugins?: ServerPlugins;
}

export type CompleteSpire = Pick<ResolvedCluster, 'name' | 'trustDomain' | 'spire' | 'plugins'>;

/**
 * Settings with nothing left to decide.
 * @throws Error if the root or a file of a plugin is unfit or missing
 */
export function completeSettings<Settings extends SpireSettings>(settings: Settings): Settings & CompleteSpire {
  const name = settings.name ?? CLUSTER;
  const spire = completeSpire(settings.spire);
  return {
    ...settings,
    name,
    spire,
    plugins: settings.plugins ?? planned({ ...settings, name, spire }, rootFacts(settings)),
  };
}

/** Fills in missing SPIRE settings. Defaults that depend on versions or namespaces use the given ones. */
export function completeSpire(given: Partial<ResolvedSpire> = {}): ResolvedSpire {
  const spire = { ...resolveSpire(NOTHING_SAID, CLUSTER), ...given };
  const agentVersion = given.agentVersion ?? spire.serverVersion;
  const features = spireFeatures(spire.serverVersion, agentVersion);
  const logs = { logLevel: spire.logLevel, logFormat: spire.logFormat };
  return {
    ...spire,
    agentVersion,
    features,
    server: given.server ?? { ...spire.server, ...logs },
    agent: given.agent ?? { ...spire.agent, ...logs, ...(features.rebootstrap ? {} : { rebootstrap: undefined }) },
    ignoredNamespaces: given.ignoredNamespaces ?? ignoredNamespaces(spire.serverNamespace, spire.agentNamespace),
  };
}

/** The Kubernetes permissions of a server with the chosen plugins. */
export function permissionsWithoutFleet(
  settings: Partial<SpireSettings> & Pick<CompleteSpire, 'spire'>,
): readonly PluginPermissions[] {
  // Permissions depend on neither name nor trust domain, and on no more of the root than whether there is one.
  const root = settings.root === undefined ? undefined : { pem: settings.root, annotations: {} };
  return permissionsOf(settings.plugins ?? planned({ trustDomain: 'example.org', name: CLUSTER, ...settings }, root));
}

/** Completed with what holds on the default platform. */
export function completeKubelet(given: Partial<ResolvedKubelet> = {}): ResolvedKubelet {
  return { ...resolveKubelet(NOTHING_SAID, CLUSTER), ...given };
}

function planned(settings: SpireSettings & Omit<CompleteSpire, 'plugins'>, root: ServerFacts['root']): ServerPlugins {
  const { files = {} } = settings;
  const missing = filesOfChoices(settings).find(({ path }) => files[path] === undefined);
  if (missing !== undefined) throw new Error(`files: ${missing.path} is missing: ${missing.what}`);
  return planServerPlugins(settings, {
    ...commonFacts(settings),
    files,
    root,
  });
}

/** @throws Error if certificates cannot be the roots of the trust domain */
function rootFacts({ root, trustDomain }: SpireSettings): ServerFacts['root'] {
  if (root === undefined) return undefined;
  const certificates = orThrow(`the SPIRE server of ${trustDomain}`, (report) =>
    readGivenRoots(root, trustDomain, report),
  );
  return { pem: root, annotations: fingerprintsOf({ authorities: (certificates ?? []).map(authorityOf) }) };
}
