/** Proves that the Vault of the suite serves what SPIRE's plugins ask of one, and no more, to a token of theirs. */
import { X509Certificate } from 'node:crypto';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { SPIRE_SERVER } from '../../../lib/model/names';
import type { Cluster } from '../cluster/cluster';
import { Vault } from '../provided/vault';
import type { Stage } from '../stage';
import { waitForPods } from './pods';
import { expect, type Proof } from './proof';
import { chainsOfServers, productionCluster, underTraffic, waitForServers } from './several-servers';

const SECRET = 'spire-vault';

/** An address that no node and no load balancer has. */
const ADDRESS = '172.16.17.21';

let started: Vault | undefined;

/** The Vault of the run, which signs under the root of the cluster with several servers. Started by the first proof that asks. */
export async function vaultOf(stage: Stage): Promise<Vault> {
  if (started !== undefined) return started;
  const { lab, programs, fleet } = stage;
  const { trustDomain } = stage.resolveCluster(productionCluster(stage));
  const vault = await Vault.start({ lab, programs, address: ADDRESS });
  await vault.signWith({ ...fleet.intermediateOf(trustDomain), root: fleet.rootFileOf(trustDomain) });
  started = vault;
  return vault;
}

export const vaultProofs: readonly Proof[] = [
  {
    name: 'Vault makes keys and signs with them for a token of SPIRE, and refuses it what SPIRE does not need',
    needs: ['vault'],
    offline: true,
    prove: async (stage) => {
      const vault = await vaultOf(stage);
      const token = await vault.makeToken();
      const allowed = [
        ['write', 'transit/keys/proof', 'type=ecdsa-p256'],
        ['write', 'transit/sign/proof', `input=${Buffer.from('text').toString('base64')}`],
      ];
      for (const command of allowed) {
        const { code, stderr } = await vault.tryAs(token, command);
        expect(code === 0, `vault ${command.join(' ')}: ${stderr}`);
      }
      const refused = [
        ['read', 'transit/export/signing-key/proof'],
        ['write', 'pki/root/generate/internal', 'common_name=other'],
      ];
      for (const command of refused) {
        const { stderr } = await vault.tryAs(token, command);
        expect(stderr.includes('permission denied'), `vault ${command.join(' ')} says ${stderr}`);
      }
      return `it has the keys ${(await vault.keys()).join(', ')}; export of a key and another root are denied`;
    },
  },
  {
    name: 'Vault signs the CA of each server and keeps its keys, also over a restart: no call fails, and every SVID is renewed in time',
    needs: ['vault'],
    deadline: 900,
    prove: async (stage) => {
      const cluster = productionCluster(stage);
      const { trustDomain, spire } = stage.resolveCluster(cluster);
      const vault = await vaultOf(stage);
      await vault.trust(cluster, { name: SPIRE_SERVER.name, namespace: spire.serverNamespace });
      const token = `--from-literal=token=${await vault.makeToken()}`;
      await cluster.kubectl.run(['create', 'secret', 'generic', SECRET, '-n', spire.serverNamespace, token]);
      let kept = '';
      const seen = await underTraffic(stage, async () => {
        useVault(stage, cluster, vault);
        await stage.applyAll();
        await waitForServers(stage, cluster);
        const before = await authoritiesOf(stage, cluster);
        const restart = ['rollout', 'restart', '-n', spire.serverNamespace, `statefulset/${SPIRE_SERVER.name}`];
        await cluster.kubectl.run(restart);
        await waitForServers(stage, cluster);
        await waitForPods(stage, cluster);
        const after = await authoritiesOf(stage, cluster);
        expect(before.join() === after.join(), `the CAs were ${before}, and are ${after} after a restart`);
        kept = after.join(', ');
      });
      const root = new X509Certificate(stage.fleet.rootOf(trustDomain));
      for (const chain of await chainsOfServers(stage, cluster)) {
        expect(chain.at(-1)?.verify(root.publicKey) === true, 'a server does not sign under the root');
      }
      return `the CAs ${kept} are those from before a restart; Vault has ${(await vault.keys()).length} keys; ${seen}`;
    },
  },
];

/** Servers sign in by their ServiceAccount for their keys, and by a token for their CA. */
function useVault({ fleet }: Stage, { name }: Cluster, vault: Vault): void {
  cpSync(vault.authority, join(fleet.folder, 'trust', 'vault-ca.pem'));
  const connection = { address: vault.url, ca: 'trust/vault-ca.pem' };
  fleet.change((document) => {
    const cluster = ['clusters', name];
    const keys = { ...connection, auth: { kubernetes: { role: 'spire' } } };
    document.setIn([...cluster, 'spire', 'server', 'keyManager'], { vault: keys });
    document.deleteIn([...cluster, 'trust', 'secret']);
    const authority = { ...connection, auth: { token: { secret: SECRET } } };
    document.setIn([...cluster, 'trust', 'authority'], { vault: authority });
  });
}

/** Id of the CA that each server signs with. */
async function authoritiesOf(stage: Stage, cluster: Cluster): Promise<readonly string[]> {
  const { replicas } = stage.resolveCluster(cluster).spire.server;
  const ids: string[] = [];
  for (let server = 0; server < replicas; server++) {
    const answer = await stage.spireServer(cluster, server).x509Authorities();
    ids.push(/Active X\.509 authority:\s+Authority ID: (\S+)/.exec(answer)?.[1] ?? answer);
  }
  return ids;
}
