/** The steps of changes that need more than an apply: an ended federation, a renamed trust domain, a move of a server's data, a root rotation. */

import { TOOL_OUTPUTS } from '../delivery/catalog';
import { TOOLS } from '../delivery/settings-catalog';
import { spireServerCommand } from '../kubectl/spire-server';
import type { ResolvedSecret } from '../model/cluster/resolved-secret';
import { ISTIO, PARTNERS_FOLDER, SPIRE_SERVER } from '../model/names';
import type { ResolvedCluster, ResolvedFleet } from '../model/resolved-fleet';
import { trustDomainOf } from '../model/spire/spiffe-id';
import { ownCommand, type Written } from '../problems/commands';
import { needsVolume } from '../spire-plugins/server-plugins';
import type { RootRotation } from '../spire-plugins/upstream-authority/upstream-authority';
import { codeSpan, markdownText } from '../text/markdown';
import { secretStepsOf } from './apply-steps';
import { renderStateMove } from './state-move-steps';
import { applied, deletedClaims, kubectlOf, numbered, restarted, type Step, trusting } from './steps';

/** Sections of the generated page, one for each change that the fleet declares; empty if it declares none. */
export function renderChanges(fleet: ResolvedFleet, paths: Written): readonly string[] {
  const sections = fleet.clusters.flatMap((cluster) => [
    ...cluster.endedPeers.flatMap((peer) => ['', ...revocation(cluster, peer, paths)]),
    ...(cluster.formerTrustDomain === undefined ? [] : ['', ...renaming(cluster, cluster.formerTrustDomain, fleet)]),
    ...renderStateMove(cluster, fleet),
    ...rotation(cluster, fleet),
  ]);
  return sections.length === 0 ? [] : ['## Changes under way', '', ...SUSPENDED, ...sections];
}

/** The rotation of a root that is under way, by the authority of the cluster. A nested cluster follows the cluster above. */
function rotationOf({ plugins, trust }: ResolvedCluster): RootRotation | undefined {
  return (trust.bundle?.authorities.length ?? 0) > 1 ? plugins.upstreamAuthority?.rotation : undefined;
}

/** Reconcilers must be suspended, because they would revert the changes that the steps make. */
const SUSPENDED = [
  `If ${TOOLS.map(({ title }) => title).join(' or ')} applies this folder, suspend it for the clusters below until the steps are done`,
  `(${TOOL_OUTPUTS.map(({ suspension }) => suspension).join(', ')}), and merge no changes of these clusters before. Otherwise the tool`,
  'would revert some of the commands, and apply later steps too early.',
];

/** A step that informs the operators of partners about a change, because the fleet cannot apply it to their clusters. */
function tellPartners({ name }: ResolvedCluster, { partners }: ResolvedFleet, what: string): readonly Step[] {
  return partners
    .filter(({ clusters }) => clusters.includes(name))
    .map((partner) => ({
      says: `Send \`${PARTNERS_FOLDER}/${partner.name}.md\` to the operator of ${markdownText(partner.trustDomain)}, and wait until they confirm that ${what}.`,
    }));
}

/** A step that asks partners to remove their trust, because the output cannot. */
function askPartners({ name }: ResolvedCluster, { partners }: ResolvedFleet, former: string): readonly Step[] {
  return partners
    .filter(({ clusters }) => clusters.includes(name))
    .map((partner) => ({
      says: `Ask the operator of ${markdownText(partner.trustDomain)} to delete the bundle of ${markdownText(former)}, because a server keeps it after the relationship is deleted.`,
    }));
}

/** A gateway that serves its own certificate verifies callers with a file of roots, which does not follow the bundle. */
function ownCertificates({ trustDomain }: ResolvedCluster, { clusters }: ResolvedFleet, what: string): readonly Step[] {
  return clusters.flatMap(({ name, gateway }) =>
    (gateway?.hosts ?? []).flatMap(({ host, credential, callers }) =>
      credential === undefined || !callers.some((caller) => trustDomainOf(caller) === trustDomain)
        ? []
        : [
            {
              says: `${what} \`ca.crt\` of the Secret \`${ISTIO.namespace}/${credential.secret}\` on ${name}, which verifies the callers of ${host}.`,
            },
          ],
    ),
  );
}

/** SPIRE keeps the bundle of a trust domain after the relationship is gone (sqlstore.go deleteFederationRelationship). */
function revocation(
  cluster: ResolvedCluster,
  { name: peer, trustDomain }: ResolvedCluster['endedPeers'][number],
  paths: Written,
): readonly string[] {
  return [
    `### ${cluster.name} no longer trusts ${markdownText(trustDomain)}`,
    '',
    ...numbered([
      {
        says: `Apply the folder of ${cluster.name}, and delete the objects that it no longer has: the relationship with the second command, other objects with the commands that ${codeSpan(ownCommand('prune-commands', paths))} prints. Continue when the last command no longer lists ${markdownText(trustDomain)}; before that, a poll could restore a deleted bundle.`,
        commands: [
          applied(cluster),
          `${kubectlOf(cluster)} delete clusterfederatedtrustdomain ${peer} --ignore-not-found`,
          spireServerCommand(cluster, 'federation list'),
        ],
      },
      {
        says: 'Delete the bundle from the server. With `restrict`, this fails while an entry still federates with the trust domain. The last command fails when the trust is revoked.',
        commands: [
          spireServerCommand(cluster, `bundle delete -id spiffe://${trustDomain} -mode restrict`),
          spireServerCommand(cluster, `bundle list -id spiffe://${trustDomain}`),
        ],
      },
      {
        says: `If another team operates ${peer}, ask it to delete the bundle of ${markdownText(cluster.trustDomain)} as well.`,
      },
      { says: 'Remove the entry with `ended: true` from the fleet.' },
    ]),
  ];
}

/** A server does not start with entries of another trust domain (spire pkg/server/server.go validateTrustDomain). */
function renaming(cluster: ResolvedCluster, former: string, fleet: ResolvedFleet): readonly string[] {
  const { name, trustDomain, spire, plugins } = cluster;
  const kubectl = kubectlOf(cluster);
  const peers = trusting(cluster, fleet);
  return [
    `### ${name}: from ${markdownText(former)} to ${markdownText(trustDomain)}`,
    '',
    'Its workloads have no identity from the deletion of the old server until their pods are restarted. In that time, calls from other clusters fail.',
    '',
    ...numbered([
      ...tellPartners(cluster, fleet, `they trust ${markdownText(trustDomain)}`),
      ...(peers.length === 0
        ? []
        : [
            {
              says: `Apply the folders of ${peers.map((peer) => peer.name).join(', ')}, so that they trust ${markdownText(trustDomain)} instead of ${markdownText(former)}. From now on, calls between them and ${name} fail.`,
            },
          ]),
      {
        says: 'Delete the old server and its data.',
        commands: [
          // Delete, do not scale down: scaling would take ownership of the replicas, and the next apply would be refused. The claim stays.
          `${kubectl} delete -n ${spire.serverNamespace} statefulset/${SPIRE_SERVER.name} --cascade=foreground`,
          ...(needsVolume(plugins) ? [deletedClaims(cluster)] : []),
          ...authoritySecrets(cluster).map(
            (secret) => `${kubectl} delete -n ${spire.serverNamespace} secret/${secret}`,
          ),
        ],
      },
      ...(plugins.datastore.database === undefined
        ? []
        : [{ says: `Empty the database \`${plugins.datastore.database}\`, or name a new one in the fleet.` }]),
      {
        says: `Apply the folder of ${name} in the order above: ${authoritySecrets(cluster).length === 0 ? '' : 'new Secret, '}server, agents, Istio, workloads.`,
      },
      {
        says: `Restart the agents, then every pod that holds an SVID${elsewhere(cluster)}.`,
        commands: restarts(cluster),
      },
      ...(peers.length === 0
        ? []
        : [
            {
              says: 'Delete the old bundle from the peers.',
              commands: peers.map((peer) =>
                spireServerCommand(peer, `bundle delete -id spiffe://${former} -mode restrict`),
              ),
            },
          ]),
      ...askPartners(cluster, fleet, former),
      { says: 'Remove `formerTrustDomain` from the fleet.' },
    ]),
  ];
}

function restarts(cluster: ResolvedCluster): readonly string[] {
  const kubectl = kubectlOf(cluster);
  const deployed = cluster.workloads.filter(({ components }) => components.length > 0);
  const namespaces = [...new Set(deployed.map(({ namespace }) => namespace))].sort();
  return [
    `${kubectl} rollout restart -n ${cluster.spire.agentNamespace} daemonset`,
    ...(cluster.gateway === undefined
      ? []
      : [`${kubectl} rollout restart -n ${ISTIO.namespace} deployment/${ISTIO.gateway}`]),
    ...namespaces.map((namespace) => `${kubectl} rollout restart -n ${namespace} deployment`),
  ];
}

function elsewhere({ workloads }: ResolvedCluster): string {
  const names = workloads.filter(({ expectedPods }) => expectedPods !== undefined).map(({ name }) => name);
  return names.length === 0 ? '' : `; restart the pods of ${names.join(', ')} with the tool that deploys them`;
}

/** Commands that restart the server, and wait until it runs. */
function restarting(cluster: ResolvedCluster): readonly string[] {
  const restart = `${kubectlOf(cluster)} rollout restart -n ${cluster.spire.serverNamespace} statefulset/${SPIRE_SERVER.name}`;
  return [restart, ...restarted(cluster)];
}

/** Steps of a root rotation, if one is under way. Both roots are published, so peers that trust one of them get the other. */
function rotation(cluster: ResolvedCluster, fleet: ResolvedFleet): readonly string[] {
  const steps = rotationOf(cluster);
  if (steps === undefined) return [];
  const { publish, publishesAtStart = false, sign, replacesSecrets = false } = steps;
  const { name, trustDomain, trust } = cluster;
  const [oldest, ...younger] = [...(trust.bundle?.authorities ?? [])].sort((a, b) =>
    a.notAfter < b.notAfter ? -1 : 1,
  );
  const peers = trusting(cluster, fleet);
  const nested = fleet.clusters.filter(({ upstream }) => upstream?.cluster === name);
  return [
    '',
    `### ${markdownText(trustDomain)}: from one root to the next`,
    '',
    `The rotation has two parts. In this part, both roots are published, the old \`${oldest?.fingerprint}\` and the new \`${younger.at(-1)?.fingerprint}\`:`,
    '',
    ...numbered([
      {
        says: `Apply the folder of ${name}, and ${publish}. The folders of its peers can be applied at any time.`,
        commands: [
          applied(cluster),
          ...(publishesAtStart ? restarting(cluster) : restarted(cluster)),
          spireServerCommand(cluster, 'localauthority x509 prepare'),
        ],
      },
      ...nested.map((below) => ({ says: `Apply the folder of ${below.name}, which is nested under ${name}.` })),
      ...tellPartners(cluster, fleet, 'they hold both roots'),
      ...ownCertificates(cluster, fleet, 'Add the new root to'),
      ...peers.map((peer) => ({
        says: `Make ${peer.name} poll now. It has both roots when the second command prints two keys with the use x509-svid.`,
        commands: [
          spireServerCommand(peer, `federation refresh -id ${trustDomain}`),
          spireServerCommand(peer, `bundle list -id spiffe://${trustDomain} -format spiffe`),
        ],
      })),
      {
        says: sign,
        commands: [
          ...(replacesSecrets ? [...intermediateSteps(cluster), ...restarting(cluster)] : []),
          ...newCa(cluster),
        ],
      },
      ...nested.map((below) => ({
        says: `Make the server of ${below.name} request a CA of the new root.`,
        commands: newCa(below),
      })),
      {
        says: 'When the SVIDs of the old CA have expired, remove the old root from the file and run `synth` again. This is the second part. SPIRE keeps the old root in its bundle until it expires; if its key was stolen, docs/operations.md explains how to remove it at once.',
      },
      ...ownCertificates(cluster, fleet, 'Then remove the old root from'),
    ]),
  ];
}

/** Names of the Secrets that the CA of the server depends on. */
function authoritySecrets({ plugins }: ResolvedCluster): readonly string[] {
  return (plugins.upstreamAuthority?.secrets ?? []).map(({ name }) => name);
}

/** The steps that load the Secret of the intermediate CA, out of all Secrets that the cluster needs. */
function intermediateSteps(cluster: ResolvedCluster): readonly string[] {
  const { name, spire, requiredSecrets } = cluster;
  const names = authoritySecrets(cluster);
  const isIntermediate = (secret: ResolvedSecret): boolean =>
    secret.namespace === spire.serverNamespace && names.includes(secret.name);
  return secretStepsOf({ name, requiredSecrets: requiredSecrets.filter(isIntermediate) });
}

/** Every server has a CA of its own, which only it can replace. */
function newCa(cluster: ResolvedCluster): readonly string[] {
  return Array.from({ length: cluster.spire.server.replicas }, (_, server) => [
    spireServerCommand(cluster, 'localauthority x509 prepare', { server }),
    spireServerCommand(cluster, 'localauthority x509 activate -authorityID ID_OF_THE_PREPARED', { server }),
  ]).flat();
}
