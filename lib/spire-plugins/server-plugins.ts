/** The plugins of one SPIRE server: what a fleet chose, and what follows from that. */

import { required } from '../invariants/required';
import type { BundlePublisherPlan } from './bundle-publisher/bundle-publisher';
import { BUNDLE_PUBLISHERS } from './bundle-publisher/catalog';
import { type NamedPluginPlan, planNamedAuthority, planNamedPlugin } from './by-name/plan';
import type { NamedPlugin } from './by-name/server-plugin';
import { DATASTORES, DEFAULT_DATASTORE } from './datastore/catalog';
import type { DatastorePlan } from './datastore/datastore';
import { DEFAULT_KEY_MANAGER, KEY_MANAGERS } from './key-manager/catalog';
import type { KeyManagerPlan } from './key-manager/key-manager';
import { NODE_ATTESTORS, OWN_AGENTS_ATTESTOR } from './node-attestor/catalog';
import type { AgentAttestorPlan } from './node-attestor/node-attestor';
import type {
  Choice,
  ChoosablePlugin,
  PluginEgress,
  PluginFile,
  PluginPermissions,
  PluginPlan,
  PluginVariable,
} from './plugin';
import type { ServerFacts } from './server-facts';
import { DEFAULT_UPSTREAM_AUTHORITY, NESTED_AUTHORITY, UPSTREAM_AUTHORITIES } from './upstream-authority/catalog';
import type { UpstreamAuthorityPlan } from './upstream-authority/upstream-authority';

/** What a fleet chose. */
export interface PluginChoices {
  /** @default - SQLite on the volume of the server */
  readonly datastore?: Choice;
  /** @default - a file on the volume of the server */
  readonly keyManager?: Choice;
  /** Counts for a server with a known root that is not nested. @default - an intermediate CA in a Secret */
  readonly upstreamAuthority?: Choice;
  /** By name. @default - none */
  readonly bundlePublishers?: Readonly<Record<string, Choice>>;
  /** Plugins by their names in SPIRE. @default - none */
  readonly otherPlugins?: readonly NamedPlugin[];
}

/** Plans of all plugins of a server. */
export interface ServerPlugins {
  /** Keys of the members that a fleet chose, or that it has by default. */
  readonly keys: {
    readonly datastore: string;
    readonly keyManager: string;
    /** Absent where the server signs with a CA of its own, and for a nested server. */
    readonly upstreamAuthority?: string;
  };
  readonly datastore: DatastorePlan;
  readonly keyManager: KeyManagerPlan;
  /** Absent where the server signs with a CA of its own. */
  readonly upstreamAuthority?: UpstreamAuthorityPlan;
  /** In the order of the configuration. */
  readonly nodeAttestors: readonly PluginPlan[];
  /** The half of a node attestor that the agents of the server's cluster have. */
  readonly agentAttestor: AgentAttestorPlan;
  /** By name, sorted, without the one that agents start from. */
  readonly bundlePublishers: Readonly<Record<string, BundlePublisherPlan>>;
  /** Plugins by their names in SPIRE, but for an upstream authority. */
  readonly others: readonly NamedPluginPlan[];
}

export function planServerPlugins(choices: PluginChoices, server: ServerFacts): ServerPlugins {
  const {
    datastore = { key: DEFAULT_DATASTORE.key, settings: {} },
    keyManager = { key: DEFAULT_KEY_MANAGER.key, settings: {} },
  } = choices;
  const named = namedAuthority(choices, server);
  const authority = named === undefined ? authorityChoice(choices, server) : undefined;
  return {
    keys: { datastore: datastore.key, keyManager: keyManager.key, upstreamAuthority: named?.plugin ?? authority?.key },
    datastore: planChosen(DATASTORES, datastore, server),
    keyManager: planChosen(KEY_MANAGERS, keyManager, server),
    upstreamAuthority: named ?? planAuthority(authority, server),
    nodeAttestors: NODE_ATTESTORS.flatMap((attestor) => attestor.server(server) ?? []),
    agentAttestor: OWN_AGENTS_ATTESTOR.agent(server),
    bundlePublishers: planPublishers(choices, server),
    others: (choices.otherPlugins ?? []).flatMap((plugin, index) =>
      isAuthority(plugin) ? [] : [planNamedPlugin(plugin, index, { program: 'server', namespace: server.namespace })],
    ),
  };
}

function planPublishers(
  { bundlePublishers = {} }: PluginChoices,
  server: ServerFacts,
): Readonly<Record<string, BundlePublisherPlan>> {
  return Object.fromEntries(
    Object.keys(bundlePublishers)
      .sort()
      .map((name) => {
        const { key, settings } = required(bundlePublishers[name], `the bundle publisher ${name}`);
        return [name, memberOf(BUNDLE_PUBLISHERS, key).plan(settings, server, name)];
      }),
  );
}

/** The authority of a server whose root is known, and that is not nested. A nested server without a root has a problem of its own. */
function authorityChoice({ upstreamAuthority }: PluginChoices, server: ServerFacts): Choice | undefined {
  if (server.root === undefined || server.upstream !== undefined) return undefined;
  return upstreamAuthority ?? { key: DEFAULT_UPSTREAM_AUTHORITY.key, settings: {} };
}

function planAuthority(choice: Choice | undefined, server: ServerFacts): UpstreamAuthorityPlan | undefined {
  if (choice !== undefined) return planChosen(UPSTREAM_AUTHORITIES, choice, server);
  return server.root === undefined || server.upstream === undefined ? undefined : NESTED_AUTHORITY.plan(server);
}

function isAuthority({ type }: Pick<NamedPlugin, 'type'>): boolean {
  return type === 'UpstreamAuthority';
}

/** An authority by its name in SPIRE. A rule refuses one beside another authority. */
function namedAuthority(
  { upstreamAuthority, otherPlugins = [] }: PluginChoices,
  server: ServerFacts,
): UpstreamAuthorityPlan | undefined {
  const index = otherPlugins.findIndex(isAuthority);
  const plugin = otherPlugins[index];
  if (plugin === undefined || upstreamAuthority !== undefined || server.upstream !== undefined) return undefined;
  return planNamedAuthority(plugin, index, server);
}

function planChosen<Plan extends PluginPlan>(
  members: readonly ChoosablePlugin<Plan>[],
  { key, settings }: Choice,
  server: ServerFacts,
): Plan {
  return memberOf(members, key).plan(settings, server);
}

function memberOf<Member extends { readonly key: string }>(members: readonly Member[], key: string): Member {
  const member = members.find((one) => one.key === key);
  if (member === undefined) throw new Error(`no plugin has the key ${key}, which the schema accepted`);
  return member;
}

/** All plans, in the order in which the pod of the server has their volumes. */
export function allPlugins(plugins: ServerPlugins): readonly PluginPlan[] {
  const { datastore, keyManager, upstreamAuthority, nodeAttestors, bundlePublishers, others } = plugins;
  return [
    datastore,
    keyManager,
    ...(upstreamAuthority === undefined ? [] : [upstreamAuthority]),
    ...nodeAttestors,
    ...Object.values(bundlePublishers),
    ...others,
  ];
}

/** Variables of the server's container, in the order of the plugins. Plugins that need the same one share it. */
export function environmentOf(plugins: ServerPlugins): readonly PluginVariable[] {
  const byName = new Map<string, PluginVariable>();
  for (const variable of allPlugins(plugins).flatMap(({ environment }) => environment ?? [])) {
    const inConfiguration = variable.inConfiguration ?? byName.get(variable.name)?.inConfiguration;
    byName.set(variable.name, { ...variable, inConfiguration });
  }
  return [...byName.values()];
}

/**
 * What the server dials for its plugins. Those who dial the same address share its policy.
 *
 * @param identity what it dials to sign in to a cloud
 */
export function egressOf(plugins: ServerPlugins, identity: readonly PluginEgress[] = []): readonly PluginEgress[] {
  const all = [...allPlugins(plugins).flatMap(({ egress = [] }) => egress), ...identity];
  return [...new Map(all.map((one) => [one.policy, one])).values()];
}

/** Whether the server keeps something on a disk that must outlive its pod. */
export function needsVolume({ datastore, keyManager }: ServerPlugins): boolean {
  return [datastore, keyManager].some(({ lastingFiles = [] }) => lastingFiles.length > 0);
}

/** Families of which a fleet chooses one member. */
export const CHOSEN_FAMILIES = [
  'datastore',
  'keyManager',
  'upstreamAuthority',
] as const satisfies readonly (keyof PluginChoices & keyof ServerPlugins)[];

export type ChosenFamily = (typeof CHOSEN_FAMILIES)[number];

const FAMILIES = { datastore: DATASTORES, keyManager: KEY_MANAGERS, upstreamAuthority: UPSTREAM_AUTHORITIES };

/** Files that the chosen plugins name. */
export function filesOfChoices(choices: PluginChoices): readonly (PluginFile & { readonly family: ChosenFamily })[] {
  return CHOSEN_FAMILIES.flatMap((family) => {
    const choice = choices[family];
    const members: readonly ChoosablePlugin[] = FAMILIES[family];
    const files = choice && members.find(({ key }) => key === choice.key)?.files?.(choice.settings);
    return (files ?? []).map((file) => ({ ...file, family }));
  });
}

/** What the server may do in the Kubernetes API for its plugins. */
export function permissionsOf(plugins: ServerPlugins): readonly PluginPermissions[] {
  return allPlugins(plugins).flatMap(({ permissions }) => permissions ?? []);
}
