/** Writes the steps of changes that take more than an apply: a federation that ended, a trust domain that was renamed, a root that is replaced. */
import { SPIRE_SERVER } from '../model/names';
import type { ResolvedCluster, ResolvedFleet } from '../model/resolved-fleet';

/** Sections of the generated page, one for each change that the fleet declares; empty for a fleet at rest. */
export function renderChanges(fleet: ResolvedFleet): readonly string[] {
  const sections = fleet.clusters.flatMap((cluster) => [
    ...cluster.endedPeers.flatMap(({ trustDomain }) => ['', ...revocation(cluster, trustDomain)]),
    ...(cluster.formerTrustDomain === undefined ? [] : ['', ...renaming(cluster, cluster.formerTrustDomain, fleet)]),
    ...((cluster.trust.root === undefined ? 0 : (cluster.trust.bundle?.authorities.length ?? 0)) > 1
      ? ['', ...rotation(cluster, fleet)]
      : []),
  ]);
  return sections.length === 0 ? [] : ['## Changes under way', ...sections];
}

/** A command of SPIRE's own command line, in the server's pod. */
function spireServer({ name, spire }: ResolvedCluster, command: string): string {
  const pod = `-n ${spire.serverNamespace} ${SPIRE_SERVER.name}-0 -c ${SPIRE_SERVER.name}`;
  return `kubectl --context ${name} exec ${pod} -- /opt/spire/bin/spire-server ${command}`;
}

/** SPIRE keeps the bundle of a trust domain after the relationship is gone (sqlstore.go deleteFederationRelationship). */
function revocation(cluster: ResolvedCluster, trustDomain: string): readonly string[] {
  return [
    `### ${cluster.name} no longer trusts ${trustDomain}`,
    '',
    'First apply this folder and delete what it no longer has; then take the bundle out of the server. `restrict` refuses',
    'while an entry still federates with the trust domain. The last command fails once the trust is revoked.',
    '',
    '```sh',
    spireServer(cluster, `bundle delete -id spiffe://${trustDomain} -mode restrict`),
    spireServer(cluster, `bundle list -id spiffe://${trustDomain}`),
    '```',
  ];
}

/** A server does not start with entries of another trust domain (spire pkg/server/server.go validateTrustDomain). */
function renaming(cluster: ResolvedCluster, former: string, fleet: ResolvedFleet): readonly string[] {
  const { name, trustDomain, spire, trust } = cluster;
  const kubectl = `kubectl --context ${name}`;
  const peers = fleet.clusters.filter(({ peers: known }) => known.some((peer) => peer.cluster === name));
  const claim = `${SPIRE_SERVER.volumeClaim}-${SPIRE_SERVER.name}-0`;
  return [
    `### ${name}: from ${former} to ${trustDomain}`,
    '',
    'Its workloads have no identity from the second step to the last but one. Remove `formerTrustDomain` when all is done.',
    '',
    ...(peers.length === 0
      ? []
      : [`1. Apply the folders of ${peers.map((peer) => peer.name).join(', ')}: they start to trust ${trustDomain}.`]),
    '1. End the old server, with its datastore and the keys of its CA:',
    '',
    '```sh',
    `${kubectl} scale -n ${spire.serverNamespace} statefulset/${SPIRE_SERVER.name} --replicas=0`,
    `${kubectl} delete -n ${spire.serverNamespace} pvc/${claim}`,
    ...(trust.secret === undefined ? [] : [`${kubectl} delete -n ${spire.serverNamespace} secret/${trust.secret}`]),
    '```',
    '',
    '1. Apply the folder of this cluster in the order above: new Secret, server, agents, Istio, workloads.',
    '1. Restart the agents, then every pod of the mesh:',
    '',
    '```sh',
    `${kubectl} rollout restart -n ${spire.agentNamespace} daemonset`,
    `${kubectl} rollout restart deployment -l app.kubernetes.io/managed-by=cdk8s-spire -A`,
    '```',
    ...(peers.length === 0
      ? []
      : [
          '',
          '1. Take the old trust out of the peers:',
          '',
          '```sh',
          ...peers.map((peer) => spireServer(peer, `bundle delete -id spiffe://${former} -mode restrict`)),
          '```',
        ]),
  ];
}

/** Both roots are published: who follows either believes the other. */
function rotation(cluster: ResolvedCluster, fleet: ResolvedFleet): readonly string[] {
  const { name, trustDomain, spire, trust, bundleEndpoint } = cluster;
  const kubectl = `kubectl --context ${name}`;
  const [oldest, ...younger] = [...(trust.bundle?.authorities ?? [])].sort((a, b) =>
    a.notAfter < b.notAfter ? -1 : 1,
  );
  const peers = fleet.clusters.filter(({ peers: known }) => known.some((peer) => peer.cluster === name));
  return [
    `### ${trustDomain}: from one root to the next`,
    '',
    `Two steps. Now both are published, the old \`${oldest?.fingerprint}\` and the new \`${younger.at(-1)?.fingerprint}\`:`,
    '',
    `1. Apply the folder of ${name}. The server starts again with both roots, and publishes both.`,
    ...peers.map(
      (peer) =>
        `1. Wait until ${peer.name} has both, or have it polled now: \`${spireServer(peer, `federation refresh -id ${trustDomain}`)}\``,
    ),
    `1. Put an intermediate under the new root into the Secret \`${spire.serverNamespace}/${trust.secret}\`, and have the server use it:`,
    '',
    '```sh',
    `${kubectl} create secret tls ${trust.secret} -n ${spire.serverNamespace} --cert=CERTIFICATE_FILE --key=KEY_FILE --dry-run=client -o yaml | ${kubectl} apply --server-side --force-conflicts -f -`,
    `${spireServer(cluster, 'localauthority x509 prepare')}`,
    `${spireServer(cluster, 'localauthority x509 activate -authorityID ID_OF_THE_PREPARED')}`,
    '```',
    '',
    `1. When the SVIDs of the old CA have ended${bundleEndpoint === undefined ? '' : ' and every peer has polled'}, take the old root out of the file and synthesize again: the second step.`,
  ];
}
