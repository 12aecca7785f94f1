/** The steps by which a SPIRE server moves to another datastore or key manager. Nothing is copied. */
import { spireServerCommand } from '../kubectl/spire-server';
import type { ResolvedSecret } from '../model/cluster/resolved-secret';
import { SPIRE_SERVER } from '../model/names';
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
  const keys = [
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
      {
        says: 'Delete the server, so that servers with the old and the new state do not run at the same time. Its volumes remain for now.',
        commands: [
          `${kubectlOf(cluster)} delete -n ${spire.serverNamespace} statefulset/${SPIRE_SERVER.name} --cascade=foreground`,
        ],
      },
      { says: `Apply the folder of ${name}.`, commands: [applied(cluster), ...restarted(cluster)] },
      ...(plugins.upstreamAuthority === undefined ? newTrust(cluster, fleet) : []),
      ...(formerDatastore === undefined
        ? []
        : [
            {
              says: 'Continue when the first command counts an agent for each node, and the second the entries of all pods.',
              commands: [spireServerCommand(cluster, 'agent count'), spireServerCommand(cluster, 'entry count')],
            },
          ]),
      ...(needsVolume(plugins)
        ? []
        : [
            {
              says: 'Delete the volumes of the old server, which are no longer used.',
              commands: [deletedClaims(cluster)],
            },
          ]),
      { says: `Remove ${keys.join(' and ')} from the fleet.` },
    ]),
  ];
}

/** Commands that create the Secrets of datastore and key manager. */
function secretsOf({ name, spire, plugins, requiredSecrets }: ResolvedCluster): readonly string[] {
  const names = [plugins.datastore, plugins.keyManager].flatMap(({ secrets = [] }) => secrets.map((one) => one.name));
  const isOfPlugin = (secret: ResolvedSecret): boolean =>
    secret.namespace === spire.serverNamespace && names.includes(secret.name);
  return secretStepsOf({ name, requiredSecrets: requiredSecrets.filter(isOfPlugin) });
}

const NEW_DATA = [
  'The server starts with an empty datastore. Agents attest again, and spire-controller-manager writes entries and federations again, both',
  'within a minute or two. Pods that run keep their SVIDs; new pods wait for theirs until then.',
];

const NEW_KEYS = [
  'The server starts with new keys. Pods that run keep their SVIDs; new pods wait for theirs until the server is ready.',
];

const ROOT_STAYS = ['The new CA is signed under the same root, so nobody has to learn it.'];

const OWN_CA = [
  'The server creates a CA that is not trusted yet: calls can fail until its agents and its peers have the new bundle.',
];

/** Without a root above the server, agents and peers cannot verify the server by what they have. */
function newTrust(cluster: ResolvedCluster, fleet: ResolvedFleet): readonly Step[] {
  const { name, trustDomain, spire } = cluster;
  const shown = spireServerCommand(cluster, 'bundle show -format spiffe');
  const peers = trusting(cluster, fleet);
  return [
    {
      says: 'Restart the agents, which read the bundle of the server at their start.',
      commands: [`${kubectlOf(cluster)} rollout restart -n ${spire.agentNamespace} daemonset`],
    },
    ...(peers.length === 0
      ? []
      : [
          {
            says: `Give the new bundle of ${name} to its peers.`,
            commands: peers.map(
              (peer) =>
                `${shown} | ${spireServerCommand(peer, `bundle set -id spiffe://${trustDomain} -format spiffe`, { stdin: true })}`,
            ),
          },
        ]),
  ];
}
