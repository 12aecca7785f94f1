/** What a plugin by name needs around it, as its settings say. */
import { required } from '../../invariants/required';
import type {
  PermissionRule,
  PluginEgress,
  PluginMount,
  PluginPermissions,
  PluginPlan,
  PluginRequirement,
  PluginSecret,
  PluginVariable,
  PluginVolume,
} from '../plugin';
import type { ServerFacts } from '../server-facts';
import type { UpstreamAuthorityPlan } from '../upstream-authority/upstream-authority';
import type { AgentPlugin } from './agent-plugin';
import type { PluginLoader } from './built-ins';
import type { NamedPlugin } from './server-plugin';
import { variablesIn } from './variables';

export interface NamedPluginPlan extends PluginPlan {
  /** Type of the plugin in SPIRE. */
  readonly type: string;
  /** Of the plugin in the list of the fleet. */
  readonly index: number;
}

/** A plugin of a server or of agents. */
type AnyPlugin = Omit<NamedPlugin, 'mounts'> & Pick<AgentPlugin, 'mounts'>;

/** The program that loads the plugin. */
interface Owner {
  readonly program: PluginLoader['program'];
  readonly namespace: string;
}

const NAMES = { server: 'the SPIRE server', agent: 'the SPIRE agents' } as const;

/** @param index of the plugin in the list of the fleet, as a part of the names of volumes */
export function planNamedPlugin(plugin: AnyPlugin, index: number, owner: Owner): NamedPluginPlan {
  const { type, name, data = {}, command, args, checksum } = plugin;
  const mounts = mountsOf(plugin, index);
  return {
    type,
    index,
    plugin: name,
    configuration: data,
    program: command === undefined ? undefined : { command, args, checksum },
    environment: environmentOf(plugin),
    volumes: mounts.map(({ volume }) => volume),
    mounts: mounts.map(({ mount }) => mount),
    secrets: secretsOf(plugin, owner),
    requirements: requirementsOf(plugin, owner),
    permissions: permissionsOf(plugin),
    egress: (plugin.egress ?? []).map((to) => egressTo(to, owner)),
  };
}

/** An authority is one among the plugins of a server, and pages say more of it. */
export function planNamedAuthority(plugin: NamedPlugin, index: number, server: ServerFacts): UpstreamAuthorityPlan {
  const { name } = plugin;
  const plan = planNamedPlugin(plugin, index, { program: 'server', namespace: server.namespace });
  return {
    ...plan,
    requirements: [
      {
        what: `what the plugin \`${name}\` of the type UpstreamAuthority asks for a CA`,
        why: `signs the CA of the SPIRE server, for ${server.caTtl}. Its chain must end in the root that the fleet names, which the plugin must return as the only root; else peers refuse every SVID`,
      },
      ...(plan.requirements ?? []),
    ],
    rotation: {
      publish: `have \`${name}\` sign under the new root, then have the server prepare a CA: it gets the new root with this CA, and publishes both`,
      sign: 'Have the server sign with a CA under the new root.',
    },
    failure: {
      title: `The plugin ${name} signs no CA`,
      signs: ['The server logs `Unable to rotate X509 CA`, and later nobody renews an SVID. The reason is in its log:'],
      shownBy: [],
      logged: 'Unable to rotate X509 CA',
      remedy: ['The server asks again by itself. Agents attest anew by themselves.'],
    },
  };
}

interface Mounted {
  readonly volume: PluginVolume;
  readonly mount: PluginMount;
}

function mountsOf({ mounts = [] }: AnyPlugin, index: number): readonly Mounted[] {
  return mounts.map((written, number) => {
    const name = `plugin-${index}-${number}`;
    return { volume: { name, ...sourceOf(written) }, mount: { name, path: written.path } };
  });
}

/** The schema has accepted exactly one of the sources. */
function sourceOf({ secret, configMap, hostPath, claim }: NonNullable<AnyPlugin['mounts']>[number]) {
  if (secret !== undefined) return { secret };
  if (configMap !== undefined) return { providedConfigMap: configMap };
  if (hostPath !== undefined) return { hostPath };
  return { claim: required(claim, 'the source of a mount') };
}

function environmentOf({ environment = {}, data, args }: AnyPlugin): readonly PluginVariable[] {
  const used = new Set(variablesIn({ data, args }).map(({ name }) => name));
  return Object.keys(environment)
    .sort()
    .flatMap((name) => {
      const from = environment[name];
      return from === undefined ? [] : [{ name, ...from, inConfiguration: used.has(name) }];
    });
}

function secretsOf({ name, environment = {}, mounts = [] }: AnyPlugin, { program }: Owner): readonly PluginSecret[] {
  const needed = [
    ...Object.values(environment).map(({ secret, key }) => ({ secret, keys: [key], how: 'as variables' })),
    ...mounts.flatMap(({ secret, keys = [], path }) =>
      secret === undefined ? [] : [{ secret, keys, how: `at \`${path}\`` }],
    ),
  ];
  return [...new Set(needed.map(({ secret }) => secret))].map((secret) => {
    const uses = needed.filter((one) => one.secret === secret);
    const how = [...new Set(uses.map((use) => use.how))].join(' and ');
    return {
      name: secret,
      type: 'Opaque',
      keys: [...new Set(uses.flatMap(({ keys }) => keys))],
      holds: 'secrets of plugins',
      purpose: `what the plugin \`${name}\` of ${NAMES[program]} reads ${how}; without quotation marks, backslashes and line breaks where \`data\` of the plugin refers to it. Restart ${NAMES[program]} after a change`,
    };
  });
}

function requirementsOf(
  { name, mounts = [], permissions = [] }: AnyPlugin,
  { program, namespace }: Owner,
): readonly PluginRequirement[] {
  const mounted = mounts.flatMap(({ configMap, claim, hostPath, path }) => {
    const what =
      (configMap && `ConfigMap \`${namespace}/${configMap}\``) ??
      (claim && `PersistentVolumeClaim \`${namespace}/${claim}\``) ??
      (hostPath && `folder \`${hostPath}\` on every node`);
    const why = `the plugin \`${name}\` of ${NAMES[program]} reads it at \`${path}\`; no ${program} starts without it`;
    return what === undefined ? [] : [{ what, why }];
  });
  const namespaces = [...new Set(permissions.flatMap((permission) => permission.namespace ?? []))];
  return [
    ...mounted,
    ...namespaces
      .filter((one) => one !== namespace)
      .map((one) => ({
        what: `namespace \`${one}\``,
        why: `the plugin \`${name}\` of ${NAMES[program]} has a role there`,
      })),
  ];
}

function permissionsOf({ permissions = [] }: AnyPlugin): PluginPermissions | undefined {
  if (permissions.length === 0) return undefined;
  const rules = permissions.map(({ namespace, ...rule }) => ({ namespace, rule: rule satisfies PermissionRule }));
  const namespaces = [...new Set(rules.flatMap(({ namespace }) => namespace ?? []))];
  return {
    cluster: rules.filter(({ namespace }) => namespace === undefined).map(({ rule }) => rule),
    namespaces: Object.fromEntries(
      namespaces.map((name) => [name, rules.filter(({ namespace }) => namespace === name).map(({ rule }) => rule)]),
    ),
  };
}

function egressTo({ host, port }: { readonly host: string; readonly port: number }, { program }: Owner): PluginEgress {
  // The name of an object has at most 253 characters, and no colon.
  const readable = host
    .replace(/[^a-z0-9.]/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 200);
  return { policy: `spire-${program}-plugin-${readable}-${port}`, address: host, port };
}
