/** Proves that agents attest, and that SPIRE holds exactly the entries that the fleet promises. */
import type { Cluster } from '../cluster/cluster';
import { waitFor } from '../machine/wait';
import type { Stage } from '../stage';
import { expect, type Proof } from './proof';
import { type Entry, SpireServerCommand, spiffeIdOf } from './spire-server';

export const identityProofs: readonly Proof[] = [
  {
    name: 'the agent of every node is attested by k8s_psat',
    prove: async (stage) => {
      const seen = await Promise.all(
        stage.clusters.map(async (cluster) => {
          const { trustDomain } = stage.promisedOf(cluster);
          const agents = await new SpireServerCommand(cluster).agents();
          const [agent] = agents;
          expect(agents.length === 1 && agent !== undefined, `${cluster.name} has ${agents.length} agents, not 1`);
          expect(agent.attestation_type === 'k8s_psat', `${cluster.name}: attested by ${agent.attestation_type}`);
          const prefix = `spiffe://${trustDomain}/spire/agent/k8s_psat/${cluster.name}/`;
          const id = spiffeIdOf(agent.id);
          expect(id.startsWith(prefix), `the agent is ${id}, not ${prefix}…`);
          return id;
        }),
      );
      return seen.join(' and ');
    },
  },
  {
    name: 'every pod has one entry, with the SPIFFE ID, federation and DNS names that the fleet promises',
    prove: async (stage) => {
      const seen = await Promise.all(stage.clusters.map((cluster) => waitForEntries(stage, cluster)));
      return seen.join('; ');
    },
  },
  {
    name: 'every ClusterSPIFFEID reports its entries as set and none as failed',
    prove: async (stage) => {
      const seen = await Promise.all(stage.clusters.map(statusesOf));
      return seen.flat().join('; ');
    },
  },
];

/** Pods of the mesh in a cluster and what their entries must hold, one line each, sorted. */
async function promisedEntries(stage: Stage, cluster: Cluster): Promise<readonly string[]> {
  const { trustDomain, identities } = stage.promisedOf(cluster);
  const pods = await cluster.list(['pods', '-A', '-l', 'spiffe.io/spire-managed-identity']);
  return pods
    .map(({ metadata, spec }) => {
      const labels = metadata.labels as Readonly<Record<string, string>>;
      const matching = identities.filter(
        ({ podLabels, namespace }) =>
          Object.entries(podLabels).every(([key, value]) => labels[key] === value) &&
          (namespace === undefined || namespace === metadata.namespace),
      );
      const [identity] = matching;
      expect(
        matching.length === 1 && identity !== undefined,
        `${metadata.name} falls under ${matching.length} identities`,
      );
      const spiffeId = identity.spiffeIdTemplate
        .replace('{{ .TrustDomain }}', trustDomain)
        .replace('{{ .PodMeta.Namespace }}', metadata.namespace ?? '')
        .replace('{{ .PodSpec.ServiceAccountName }}', String((spec as Record<string, unknown>).serviceAccountName));
      return line(String(metadata.uid), spiffeId, identity.federatesWith, identity.dnsNames);
    })
    .sort();
}

function waitForEntries(stage: Stage, cluster: Cluster): Promise<string> {
  return waitFor(
    `entries of ${cluster.name}`,
    async () => {
      const promised = await promisedEntries(stage, cluster);
      const entries = await new SpireServerCommand(cluster).entries();
      const held = entries
        .map((entry) => line(podUid(entry), spiffeIdOf(entry.spiffe_id), entry.federates_with, entry.dns_names))
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

function podUid({ selectors }: Entry): string {
  return selectors.find(({ value }) => value.startsWith('pod-uid:'))?.value.slice('pod-uid:'.length) ?? 'no pod';
}

function line(pod: string, spiffeId: string, federatesWith: readonly string[], dnsNames: readonly string[]): string {
  return [pod, spiffeId, `federates with [${[...federatesWith].sort()}]`, `DNS [${[...dnsNames].sort()}]`].join(' ');
}

interface Stats {
  readonly podsSelected?: number;
  readonly entriesToSet?: number;
  readonly entryFailures?: number;
  readonly podEntryRenderFailures?: number;
  readonly entriesMasked?: number;
}

async function statusesOf(cluster: Cluster): Promise<readonly string[]> {
  const identities = await cluster.list(['clusterspiffeids']);
  expect(identities.length > 0, `${cluster.name} has no ClusterSPIFFEID`);
  return identities.map(({ metadata, status }) => {
    const {
      podsSelected = 0,
      entriesToSet = 0,
      entryFailures = 0,
      podEntryRenderFailures = 0,
      entriesMasked = 0,
    } = (status as { readonly stats?: Stats } | undefined)?.stats ?? {};
    const failures = entryFailures + podEntryRenderFailures + entriesMasked;
    expect(failures === 0, `${cluster.name} ${metadata.name}: ${JSON.stringify(status)}`);
    expect(entriesToSet === podsSelected, `${cluster.name} ${metadata.name} sets ${entriesToSet} of ${podsSelected}`);
    return `${cluster.name} ${metadata.name} ${entriesToSet}/${podsSelected}`;
  });
}
