/** Proves federations beyond a pair: a hub with a certificate of the web, a partner that somebody else runs, and links that go down. */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Cluster } from '../cluster/cluster';
import { waitFor } from '../machine/wait';
import { WebAuthority } from '../machine/web-certificate';
import { PartnerServer } from '../partner/partner-server';
import type { Stage } from '../stage';
import { fetchPage } from './page';
import { expect, type Proof } from './proof';

const HUB = { name: 'hub', trustDomain: 'hub.demo', address: '172.16.17.7' } as const;
const BANK = { name: 'bank', trustDomain: 'bank.demo', address: '172.16.17.60' } as const;
const WEB_CERTIFICATE = 'hub-web';

/** What runs beside the walkthrough once the first of these proofs has passed. */
interface Beside {
  readonly hub: Cluster;
  readonly bank: PartnerServer;
}
let beside: Beside | undefined;

function running(): Beside {
  expect(beside !== undefined, 'hub and bank have not come up');
  return beside;
}

export const topologyProofs: readonly Proof[] = [
  {
    name: 'a hub joins with a certificate of the web and a partner outside of the fleet, and its spokes do not know each other by it',
    changesFleet: true,
    prove: async (stage) => {
      const url = `https://${HUB.address}:8443/`;
      const web = await WebAuthority.in(stage.lab.folder('web'));
      const bank = await PartnerServer.start({
        ...{ lab: stage.lab, programs: stage.programs, webRoots: web.roots },
        ...{ trustDomain: BANK.trustDomain, address: BANK.address, peer: { trustDomain: HUB.trustDomain, url } },
      });
      await writeFleet(stage, bank);
      const hub = stage.lab.addCluster(HUB.name, stage.programs);
      await stage.startAgain(hub);
      await stage.apply(hub, { [WEB_CERTIFICATE]: await web.certify(HUB.address) });
      await stage.applyAll();
      beside = { hub, bank };

      const trusted = ['cluster1.demo', 'cluster2.demo', BANK.trustDomain];
      const atHub = await Promise.all(trusted.map((trustDomain) => polled(stage, hub, trustDomain)));
      const atSpokes = await Promise.all(stage.clusters.map((spoke) => polled(stage, spoke, HUB.trustDomain)));
      for (const spoke of stage.clusters) await expectNone(stage, spoke, BANK.trustDomain);
      const atBank = await waitFor(
        `bundle of ${HUB.trustDomain} at the partner`,
        async () => {
          const bundle = await bank.foreignBundle(HUB.trustDomain);
          expect(bundle.includes('x509-svid'), `it holds ${bundle.slice(0, 100)}`);
          return `bank holds ${HUB.trustDomain}`;
        },
        { timeout: 60 },
      );
      await fetchPage(stage);
      return `${[...atHub, ...atSpokes].join(', ')}, ${atBank}; no spoke holds ${BANK.trustDomain}`;
    },
  },
  {
    name: 'a bundle endpoint that is away for less than its budget costs nothing: the next CA is known before it signs',
    prove: async (stage) => {
      const { hub, bank } = running();
      await bank.closeEndpoint();
      await expectRefused(stage, hub, /context deadline exceeded|i\/o timeout|Client.Timeout/);
      const next = await bank.prepareAuthority();
      await bank.openEndpoint();
      await refreshed(stage, hub);
      await bank.activateAuthority(next);
      await refreshed(stage, hub);
      return 'away while the next CA was prepared, polled before that signed, polled after';
    },
  },
  {
    name: 'a bundle endpoint that is away for longer than its budget ends the federation, and the bundle handed over mends it',
    prove: async (stage) => {
      const { hub, bank } = running();
      await bank.closeEndpoint();
      await bank.activateAuthority(await bank.prepareAuthority());
      await bank.openEndpoint();
      const refusal = await expectRefused(stage, hub, /certificate signed by unknown authority/);
      await stage.spireServer(hub).setBundle(BANK.trustDomain, 'spiffe', await bank.ownBundle());
      await refreshed(stage, hub);
      stage.fleet.restore();
      await Promise.all([stage.applyAll(), hub.destroy()]);
      return `after it came back: ${refusal}; polled again once its bundle was set`;
    },
  },
];

/** The fleet with a hub of its own root, and with the bundle that the partner handed over. */
async function writeFleet(stage: Stage, bank: PartnerServer): Promise<void> {
  const { fleet } = stage;
  writeFileSync(join(fleet.folder, 'trust', 'bank.json'), await bank.ownBundle());
  fleet.edit((document) => {
    document.setIn(['clusters', HUB.name], {
      trustDomain: HUB.trustDomain,
      istio: { dataplane: 'none' },
      trust: { root: `trust/${HUB.trustDomain}.pem` },
      loadBalancer: { metallb: { addresses: [`${HUB.address}/32`] } },
      bundleEndpoint: { address: HUB.address, profile: 'https_web', webCertificate: WEB_CERTIFICATE },
    });
    document.set('partners', {
      [BANK.name]: {
        trustDomain: BANK.trustDomain,
        trust: { bundle: 'trust/bank.json' },
        bundleEndpoint: { url: bank.url },
      },
    });
    document.addIn(['federation'], { hub: HUB.name, spokes: [...stage.clusters.map(({ name }) => name), BANK.name] });
  });
  if (!existsSync(join(fleet.folder, 'trust', `${HUB.trustDomain}.pem`))) await fleet.makeRoot(HUB.name);
  fleet.synthesize();
}

/** Waits for what only the endpoint has told: keys for JWT-SVIDs. */
function polled(stage: Stage, cluster: Cluster, trustDomain: string): Promise<string> {
  return waitFor(
    `bundle of ${trustDomain} from its endpoint at ${cluster.name}`,
    async () => {
      const bundle = await stage.spireServer(cluster).foreignBundle(trustDomain);
      const uses = ((bundle?.keys ?? []) as readonly { readonly use: string }[]).map(({ use }) => use);
      expect(uses.includes('jwt-svid'), `it holds ${uses.join(' and ') || 'nothing'}`);
      return `${cluster.name} polled ${trustDomain}`;
    },
    { timeout: 120, interval: 2 },
  );
}

async function expectNone(stage: Stage, cluster: Cluster, trustDomain: string): Promise<void> {
  const bundle = await stage.spireServer(cluster).foreignBundle(trustDomain);
  expect(bundle === undefined, `${cluster.name} holds the bundle of ${trustDomain}`);
}

function refreshed(stage: Stage, hub: Cluster): Promise<void> {
  return waitFor(
    `refresh of ${BANK.trustDomain}`,
    async () => {
      const { code, stderr } = await stage.spireServer(hub).tryRefresh(BANK.trustDomain);
      expect(code === 0, stderr);
    },
    { timeout: 40 },
  );
}

/** A refresh fails; with which words, as the server's log has them. */
async function expectRefused(stage: Stage, hub: Cluster, pattern: RegExp): Promise<string> {
  const { code, stdout } = await stage.spireServer(hub).tryRefresh(BANK.trustDomain);
  expect(code !== 0, `the refresh succeeded: ${stdout}`);
  const { serverNamespace } = stage.resolveCluster(hub).spire;
  const log = ['logs', '-n', serverNamespace, 'statefulset/spire-server', '-c', 'spire-server', '--tail=40'];
  return waitFor(
    `${pattern} in the log of the hub's server`,
    async () => {
      const found = pattern.exec(await hub.kubectl.run(log));
      expect(found !== null, 'it does not say so');
      return found[0];
    },
    { timeout: 30 },
  );
}
