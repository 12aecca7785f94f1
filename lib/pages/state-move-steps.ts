/** The steps by which a SPIRE server moves to another datastore or key manager. Nothing is copied. */
import { spireServerCommand } from '../kubectl/spire-server';
import type { ResolvedSecret } from '../model/cluster/resolved-secret';
import { SPIRE_AGENT, SPIRE_SERVER } from '../model/names';
import type { ResolvedCluster, ResolvedFleet } from '../model/resolved-fleet';
import { needsVolume } from '../spire-plugins/server-plugins';
import { secretStepsOf } from './apply-steps';
import { applied, deletedClaims, kubectlOf, numbered, restarted, type Step, trusting } from './steps';

/** A section, if such a move is under way. */
export function renderStateMove(cluster: ResolvedCluster, fleet: ResolvedFleet): readonly string[] {
  const { name, spire, plugins } = cluster;
  const { formerDatastore, formerKeyManager } = spire.server;
  const moves = [
    ...(formerDatastore === undefined ? [] : [`from ${formerDatastore} to ${plugins.keys.datastore}`]),
    ...(formerKeyManager === undefined
      ? []
      : [`from keys in ${formerKeyManager} to keys in ${plugins.keys.keyManager}`]),
  ];
  if (moves.length === 0) return [];
  const written = [
    ...(formerDatastore === undefined ? [] : ['`formerDatastore`']),
    ...(formerKeyManager === undefined ? [] : ['`formerKeyManager`']),
  ];
  return [
    '',
    `### ${name}: ${moves.join(', and ')}`,
    '',
    ...(formerDatastore === undefined ? NEW_KEYS : NEW_DATA),
    ...(plugins.upstreamAuthority === undefined ? OWN_CA : ROOT_STAYS),
    '',
    ...numbered([
      {
        says: `Provide what ${moves.length > 1 ? 'they need' : 'it needs'}, as "What you provide" lists it.`,
        commands: secretsOf(cluster),
      },
      ...(formerDatastore === undefined ? withNewKeys(cluster, fleet) : withNewData(cluster, fleet)),
      ...(needsVolume(plugins)
        ? []
        : [
            {
              says: 'Delete the volumes of the old server, which nothing uses any more.',
              commands: [deletedClaims(cluster)],
            },
          ]),
      { says: `Remove ${written.join(' and ')} from the fleet.` },
    ]),
  ];
}

const NEW_DATA = [
  'The server starts with an empty datastore. Agents attest again, and spire-controller-manager writes entries and federations again.',
  'Pods that run keep their SVIDs; new pods wait for theirs until the agents are back.',
];

const NEW_KEYS = [
  'The server starts with new keys. Pods that run keep their SVIDs; new pods wait for theirs until the server is ready.',
];

const ROOT_STAYS = ['The new CA is signed below the same root, so agents and peers trust it already.'];

const OWN_CA = [
  'The server creates a CA that is not trusted yet: calls can fail until its agents and its peers have the new bundle.',
];

/**
 * The agents stop before the server does, and start when the entries are back. An agent that reached a server without entries
 * would send proxies a trust bundle without the peers, whose bundles come with the entries (spire pkg/agent/endpoints/sdsv3).
 */
function withNewData(cluster: ResolvedCluster, fleet: ResolvedFleet): readonly Step[] {
  const { name, spire, plugins } = cluster;
  const agents = `-n ${spire.agentNamespace} daemonset/${SPIRE_AGENT.name}`;
  const entries = spireServerCommand(cluster, 'entry count');
  return [
    {
      says: 'Count the entries. Then delete the agents, which would take the bundles of peers from proxies while there are no entries, and the server. Volumes remain for now.',
      commands: [entries, `${kubectlOf(cluster)} delete ${agents} --cascade=foreground`, deletedServer(cluster)],
    },
    {
      says: `Apply the server. Continue when the last command counts as many entries as before; repeat it until then.`,
      commands: [`${kubectlOf(cluster)} apply --server-side -k ${name}/spire-server`, ...restarted(cluster), entries],
    },
    ...(plugins.upstreamAuthority === undefined ? newBundles(cluster, fleet) : []),
    {
      says: `Apply the folder of ${name}, which starts the agents. Each node has one when the last command counts as many as there are nodes.`,
      commands: [
        applied(cluster),
        `${kubectlOf(cluster)} rollout status ${agents} --timeout=5m`,
        spireServerCommand(cluster, 'agent count'),
      ],
    },
  ];
}

function withNewKeys(cluster: ResolvedCluster, fleet: ResolvedFleet): readonly Step[] {
  const { name, spire, plugins } = cluster;
  return [
    // With a file of the datastore, the server keeps its volume, and the apply replaces its pod.
    ...((plugins.datastore.lastingFiles ?? []).length > 0
      ? []
      : [
          {
            says: 'Delete the server, because Kubernetes does not change which volumes a StatefulSet has. Volumes remain for now.',
            commands: [deletedServer(cluster)],
          },
        ]),
    { says: `Apply the folder of ${name}.`, commands: [applied(cluster), ...restarted(cluster)] },
    ...(plugins.upstreamAuthority === undefined
      ? [
          {
            says: 'Restart the agents, which read the bundle of the server at their start.',
            commands: [`${kubectlOf(cluster)} rollout restart -n ${spire.agentNamespace} daemonset`],
          },
          ...newBundles(cluster, fleet),
        ]
      : []),
  ];
}

function deletedServer(cluster: ResolvedCluster): string {
  const { serverNamespace } = cluster.spire;
  return `${kubectlOf(cluster)} delete -n ${serverNamespace} statefulset/${SPIRE_SERVER.name} --cascade=foreground`;
}

/** Without a root above the server, peers cannot verify its endpoint by the bundle that they have. */
function newBundles(cluster: ResolvedCluster, fleet: ResolvedFleet): readonly Step[] {
  const { name, trustDomain } = cluster;
  const shown = spireServerCommand(cluster, 'bundle show -format spiffe');
  const peers = trusting(cluster, fleet);
  if (peers.length === 0) return [];
  return [
    {
      says: `Give the new bundle of ${name} to its peers.`,
      commands: peers.map((peer) => {
        const set = spireServerCommand(peer, `bundle set -id spiffe://${trustDomain} -format spiffe`, { stdin: true });
        return `${shown} | ${set}`;
      }),
    },
  ];
}

/** Commands that create the Secrets of datastore and key manager. */
function secretsOf({ name, spire, plugins, requiredSecrets }: ResolvedCluster): readonly string[] {
  const names = [plugins.datastore, plugins.keyManager].flatMap(({ secrets = [] }) => secrets.map((one) => one.name));
  const isOfPlugin = (secret: ResolvedSecret): boolean =>
    secret.namespace === spire.serverNamespace && names.includes(secret.name);
  return secretStepsOf({ name, requiredSecrets: requiredSecrets.filter(isOfPlugin) });
}
