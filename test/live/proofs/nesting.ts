/** Proves two clusters of one trust domain: the server of one signs for that of the other, and their workloads need no federation. */
import { X509Certificate } from 'node:crypto';
import type { Document } from 'yaml';
import type { ResolvedCluster } from '../../../lib/model/resolved-fleet';
import { nestedServerSpiffeId, upstreamAgentSpiffeId } from '../../../lib/model/spire/spiffe-id';
import type { Cluster } from '../cluster/cluster';
import { spiffeIdOf } from '../cluster/spire-server';
import type { SecretFiles } from '../fleet/apply-fleet';
import { timed, waitFor } from '../machine/wait';
import type { Stage } from '../stage';
import { fetchPage, waitForPage } from './page';
import { waitForPods } from './pods';
import { expect, type Proof } from './proof';

/** On clusters that are started anew for another fleet, one after the other. */
export const nestingProofs: readonly Proof[] = [
  {
    name: 'a nested cluster comes up by the commands of the README, without a manual step between the two clusters',
    prove: async (stage) => {
      const [upper, nested] = await startNested(stage);
      const { seconds } = await timed(async () => {
        // The nested one begins first, and waits for the other.
        await Promise.all([stage.apply(nested, secretsOf(stage, nested)), stage.apply(upper)]);
        await Promise.all([upper, nested].map((cluster) => waitForPods(stage, cluster)));
      });
      stage.appliedAt = Date.now();
      return `${await waitForPods(stage, nested)}, ${seconds} s after the first command`;
    },
  },
  {
    name: 'the server above attests the agent of the nested one by its certificate, and signs for that server alone',
    prove: async (stage) => {
      const [upper, nested] = pairOf(stage);
      const { trustDomain } = stage.resolveCluster(upper);
      const server = stage.spireServer(upper);
      const agent = upstreamAgentSpiffeId(trustDomain, nested.name);
      const agents = (await server.agents()).map(({ id }) => spiffeIdOf(id));
      expect(agents.includes(agent), `the agents are ${agents}`);
      const wanted = nestedServerSpiffeId(trustDomain, nested.name);
      const downstream = (await server.entries()).filter((entry) => entry.downstream);
      const ids = downstream.map(({ spiffe_id, parent_id }) => `${spiffeIdOf(spiffe_id)} of ${spiffeIdOf(parent_id)}`);
      expect(ids.join() === `${wanted} of ${agent}`, `downstream are ${ids}`);
      return `${agent} is attested; ${ids} is the only entry that is downstream`;
    },
  },
  {
    name: "the nested server's SVIDs lead over the CA of the server above to the one root, and both have the keys of both",
    prove: async (stage) => {
      const servers = pairOf(stage).map((cluster) => stage.spireServer(cluster));
      const [above, below] = await Promise.all(servers.map((server) => server.ownBundle()));
      const root = new X509Certificate(stage.fleet.rootOf(trustDomainOf(stage)));
      expect(above === below && new X509Certificate(below ?? '').raw.equals(root.raw), 'the bundles differ');
      const chain = await chainOf(stage, root);
      const keys = await waitFor('the keys of JWT-SVIDs of both servers', () => sameKeys(stage), { timeout: 60 });
      return `${chain.join(' < ')}; ${keys} keys for JWT-SVIDs`;
    },
  },
  {
    name: 'a workload calls one of the nested cluster through its gateway, in one trust domain and without federation',
    prove: async (stage) => {
      await waitForPage(stage, 120);
      for (const cluster of stage.clusters) {
        const resources = await cluster.kubectl.list(['clusterfederatedtrustdomains']);
        expect(resources.length === 0, `${cluster.name} federates`);
      }
      return `${stage.walkthrough.page} answers 200 with details and reviews; no cluster federates`;
    },
  },
  {
    name: 'a nested server that restarts while the one above is away signs on',
    prove: async (stage) => {
      const [upper, nested] = pairOf(stage);
      const { serverNamespace } = stage.resolveCluster(upper).spire;
      const scale = (replicas: number): Promise<string> =>
        upper.kubectl.run(['scale', '-n', serverNamespace, 'statefulset/spire-server', `--replicas=${replicas}`]);
      await scale(0);
      await upper.kubectl.run([
        ...['wait', '--for=delete', '-n', serverNamespace, 'pod/spire-server-0', '--timeout=90s'],
      ]);
      const { serverNamespace: namespace } = stage.resolveCluster(nested).spire;
      await nested.kubectl.run(['delete', 'pod', '-n', namespace, 'spire-server-0', '--timeout=90s']);
      const { seconds } = await timed(() =>
        waitFor('an SVID from the nested server', () => mint(stage, nested), { timeout: 120, interval: 2 }),
      );
      await fetchPage(stage);
      await scale(1);
      await Promise.all([upper, nested].map((cluster) => waitForPods(stage, cluster)));
      return `it minted an SVID after ${seconds} s and calls went on; both were ready again once the server above was back`;
    },
  },
];

/** Makes one trust domain of the walkthrough's two, on clusters that hold nothing. */
async function startNested(stage: Stage): Promise<readonly [Cluster, Cluster]> {
  const pair = pairOf(stage);
  stage.fleet.restore();
  const [upper, nested] = pair.map((cluster) => stage.resolveCluster(cluster)) as [ResolvedCluster, ResolvedCluster];
  await stage.fleet.startOver((document) => nest(document, upper, nested));
  await Promise.all(pair.map((cluster) => cluster.destroy()));
  await Promise.all(pair.map((cluster) => stage.startAgain(cluster)));
  return pair;
}

function secretsOf(stage: Stage, nested: Cluster): SecretFiles {
  const resolved = stage.resolveCluster(nested);
  const secret = resolved.upstream?.secret;
  if (secret === undefined) throw new Error(`${nested.name} is not nested`);
  return { [secret]: { ...stage.fleet.nestedCertificateOf(resolved) } };
}

/** An address that nobody has yet, beside that of the bundle endpoint. */
const SERVER_API = '172.16.17.10';

function nest(document: Document, upper: ResolvedCluster, nested: ResolvedCluster): void {
  const { name, trustDomain, loadBalancer } = upper;
  const addresses = [...(loadBalancer?.metallb.addresses ?? []), `${SERVER_API}/32`];
  document.setIn(['clusters', name, 'loadBalancer', 'metallb', 'addresses'], addresses);
  document.setIn(['clusters', name, 'serverApi'], { address: SERVER_API });
  document.setIn(['clusters', nested.name, 'trustDomain'], trustDomain);
  document.setIn(['clusters', nested.name, 'nestedUnder'], name);
  for (const key of ['trust', 'bundleEndpoint']) document.deleteIn(['clusters', nested.name, key]);
  document.delete('federation');
}

/** The caller's cluster signs for the one that is called. */
function pairOf(stage: Stage): readonly [Cluster, Cluster] {
  const { caller, called } = stage.walkthrough;
  return [stage.findCluster(caller.cluster), stage.findCluster(called.cluster)];
}

function trustDomainOf(stage: Stage): string {
  return stage.resolveCluster(pairOf(stage)[0]).trustDomain;
}

async function mint(stage: Stage, cluster: Cluster): Promise<readonly X509Certificate[]> {
  const { certificates } = await stage.spireServer(cluster).mint(`spiffe://${trustDomainOf(stage)}/proof`);
  const blocks = certificates.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  return blocks.map((block) => new X509Certificate(block));
}

/** The subjects from an SVID of the nested server up to the root; throws where one did not sign the one before. */
async function chainOf(stage: Stage, root: X509Certificate): Promise<readonly string[]> {
  const chain = [...(await mint(stage, pairOf(stage)[1])), root];
  for (const [index, certificate] of chain.slice(0, -1).entries()) {
    const issuer = chain[index + 1] as X509Certificate;
    expect(
      certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey),
      `${index} is not signed by the next`,
    );
  }
  // SVID, CA of the nested server, CA of the one above, intermediate, root.
  expect(chain.length === 5, `the chain has ${chain.length} certificates`);
  return chain.map(({ subject }) => subject.replaceAll('\n', ', '));
}

async function sameKeys(stage: Stage): Promise<number> {
  const kept = await Promise.all(
    pairOf(stage).map(async (cluster) => (await stage.spireServer(cluster).ownJwtKeys()).join()),
  );
  expect(new Set(kept).size === 1, `the servers have ${kept.join(' and ')}`);
  const count = kept[0]?.split(',').length ?? 0;
  expect(count >= 2, `only ${count} keys are known`);
  return count;
}
