/** Proves that agents attest, and that SPIRE holds exactly the entries that the fleet promises. */
import type { Cluster } from '../cluster/cluster';
import { type Entry, spiffeIdOf } from '../cluster/spire-server';
import { waitFor } from '../machine/wait';
import type { Stage } from '../stage';
import { expectedPods } from './expected-pods';
import { podStates } from './pod-states';
import { expect, type Proof } from './proof';

export const identityProofs: readonly Proof[] = [
  {
    name: 'the agent of every node is attested by k8s_psat',
    prove: async (stage) => {
      const seen = await Promise.all(stage.clusters.map((cluster) => attestedAgent(stage, cluster)));
      return seen.join(' and ');
    },
  },
  {
    name: 'every pod of the mesh has one entry, with the SPIFFE ID, federation and DNS names that the fleet promises',
    prove: async (stage) => {
      const seen = await Promise.all(stage.clusters.map((cluster) => waitForEntries(stage, cluster)));
      return seen.join('; ');
    },
  },
  {
    name: 'every ClusterSPIFFEID reports its entries as set and none as failed',
    prove: async (stage) => {
      const seen = await Promise.all(stage.clusters.map(waitForStatuses));
      return seen.join('; ');
    },
  },
];

async function attestedAgent(stage: Stage, cluster: Cluster): Promise<string> {
  const { trustDomain } = stage.resolveCluster(cluster);
  const agents = await stage.spireServer(cluster).agents();
  const [agent] = agents;
  expect(agents.length === 1 && agent !== undefined, `${cluster.name} has ${agents.length} agents, not 1`);
  expect(agent.attestation_type === 'k8s_psat', `${cluster.name}: attested by ${agent.attestation_type}`);
  const prefix = `spiffe://${trustDomain}/spire/agent/k8s_psat/${cluster.name}/`;
  const id = spiffeIdOf(agent.id);
  expect(id.startsWith(prefix), `the agent is ${id}, not ${prefix}…`);
  return id;
}

/** What of an entry counts, as one line. */
function line(pod: string, spiffeId: string, federatesWith: readonly string[], dnsNames: readonly string[]): string {
  return [pod, spiffeId, `federates with [${[...federatesWith].sort()}]`, `DNS [${[...dnsNames].sort()}]`].join(' ');
}

function waitForEntries(stage: Stage, cluster: Cluster): Promise<string> {
  const promised = expectedPods(stage.resolveCluster(cluster))
    .flatMap(({ madeBy, identity }) =>
      identity === undefined ? [] : [line(madeBy, identity.spiffeId, identity.federatesWith, identity.dnsNames)],
    )
    .sort();
  return waitFor(
    `entries of ${cluster.name}`,
    async () => {
      const pods = new Map((await podStates(cluster)).map(({ uid, madeBy }) => [uid, madeBy]));
      const held = (await stage.spireServer(cluster).entries())
        .map((entry) =>
          line(pods.get(podUid(entry)) ?? 'no pod', spiffeIdOf(entry.spiffe_id), entry.federates_with, entry.dns_names),
        )
        .sort();
      expect(
        held.join('\n') === promised.join('\n'),
        `SPIRE holds\n${held.join('\n')}\nbut the fleet promises\n${promised.join('\n')}`,
      );
      return `${cluster.name} ${held.length} of ${promised.length}`;
    },
    { timeout: 60, interval: 2 },
  );
}

/** Empty for an entry of something else than a pod. */
export function podUid({ selectors }: Entry): string {
  return selectors.find(({ value }) => value.startsWith('pod-uid:'))?.value.slice('pod-uid:'.length) ?? '';
}

interface Stats {
  readonly podsSelected?: number;
  readonly entriesToSet?: number;
  readonly entryFailures?: number;
  readonly podEntryRenderFailures?: number;
  readonly entriesMasked?: number;
}

/** A rule that selects no pod keeps the status of the first reconciliation; one that selects some must say so. */
function waitForStatuses({ name, kubectl }: Cluster): Promise<string> {
  return waitFor(
    `status of every ClusterSPIFFEID of ${name}`,
    async () => {
      const identities = await kubectl.list(['clusterspiffeids']);
      expect(identities.length > 0, `${name} has no ClusterSPIFFEID`);
      const seen = identities.map(({ metadata, status }) => {
        const stats = (status as { readonly stats?: Stats } | undefined)?.stats;
        expect(stats !== undefined, `${metadata.name} has no status`);
        const {
          podsSelected = 0,
          entriesToSet = 0,
          entryFailures = 0,
          podEntryRenderFailures = 0,
          entriesMasked = 0,
        } = stats;
        const failures = entryFailures + podEntryRenderFailures + entriesMasked;
        expect(failures === 0 && entriesToSet === podsSelected, `${metadata.name}: ${JSON.stringify(stats)}`);
        return `${metadata.name} ${entriesToSet}/${podsSelected}`;
      });
      return `${name}: ${seen.join(', ')}`;
    },
    { timeout: 30, interval: 2 },
  );
}
