/** Fills in the defaults of a fleet for SPIRE constructs that are used without one. */
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
import { DEFAULT_CLUSTER, NOTHING_SAID } from '../default-fleet';
import { orThrow } from '../problem-error';
import type { ResolvedCluster, ResolvedKubelet, ResolvedSpire } from '../resolved-fleet';
import { authorityOf } from '../trust/bundle';
import { certificatesIn, fingerprint } from '../trust/certificates';
import { fingerprintsOf } from '../trust/fingerprints';
import { readGivenRoots } from '../trust/root-certificates';
import { spireFeatures } from '../versions';
import { ignoredNamespaces } from './controller-manager-settings';
import { completeUpstream, type ServerApiSettings, type UpstreamSettings } from './nesting-without-fleet';
import { commonFacts } from './resolve-plugins';
import { resolveSpire } from './resolve-spire';

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
  /** The server above, under which this one is nested; needs `root`. @default - none */
  readonly upstream?: UpstreamSettings;
  /** Where servers that are nested under this one reach it. @default - none is */
  readonly serverApi?: ServerApiSettings;
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
  const name = settings.name ?? DEFAULT_CLUSTER;
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
  const spire = { ...resolveSpire(NOTHING_SAID, DEFAULT_CLUSTER), ...given };
  const agentVersion = given.agentVersion ?? spire.serverVersion;
  const features = spireFeatures(spire.serverVersion, agentVersion);
  const logs = { logLevel: spire.logLevel, logFormat: spire.logFormat };
  return {
    ...spire,
    agentVersion,
    features,
    server: given.server ?? { ...spire.server, ...logs },
    controllerManager: given.controllerManager ?? { ...spire.controllerManager, ...logs },
    agent: given.agent ?? { ...spire.agent, ...logs, ...(features.rebootstrap ? {} : { rebootstrap: undefined }) },
    ignoredNamespaces: given.ignoredNamespaces ?? ignoredNamespaces(spire.serverNamespace, spire.agentNamespace),
  };
}

/** The Kubernetes permissions of a server with the chosen plugins. */
export function permissionsWithoutFleet(
  settings: Partial<SpireSettings> & Pick<CompleteSpire, 'spire'>,
): readonly PluginPermissions[] {
  // Permissions do not depend on the name or the trust domain, only on whether there is a root.
  const root = settings.root === undefined ? undefined : { pem: settings.root, annotations: {} };
  return permissionsOf(
    settings.plugins ?? planned({ trustDomain: 'example.org', name: DEFAULT_CLUSTER, ...settings }, root),
  );
}

/** Completed with what holds on the default platform. */
export function completeKubelet(given: Partial<ResolvedKubelet> = {}): ResolvedKubelet {
  return { ...resolveKubelet(NOTHING_SAID, DEFAULT_CLUSTER), ...given };
}

function planned(settings: SpireSettings & Omit<CompleteSpire, 'plugins'>, root: ServerFacts['root']): ServerPlugins {
  const { files = {}, upstream, serverApi } = settings;
  if (upstream !== undefined && root === undefined) {
    throw new Error('root is missing: a nested server needs the root of its trust domain');
  }
  if (root !== undefined && serverApi !== undefined) checkNestedRoot(serverApi, root.pem);
  const missing = filesOfChoices(settings).find(({ path }) => files[path] === undefined);
  if (missing !== undefined) throw new Error(`files: ${missing.path} is missing: ${missing.what}`);
  return planServerPlugins(settings, {
    ...commonFacts(settings),
    files,
    root,
    upstream: upstream && completeUpstream(upstream, settings.spire),
    nestedRootPem: serverApi?.rootPem,
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

/** Under the root of the trust domain, every SVID would pass for the certificate of a nested server. */
function checkNestedRoot({ rootPem }: ServerApiSettings, root: string): void {
  const roots = certificatesIn(root).map(fingerprint);
  if (certificatesIn(rootPem).some((certificate) => roots.includes(fingerprint(certificate)))) {
    throw new Error('serverApi.rootPem: expected a root of its own, got one of the trust domain');
  }
}
