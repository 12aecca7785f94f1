/** Proves that the Vault of the suite serves what SPIRE's plugins ask of one, and no more, to a token of theirs. */
import { Vault } from '../provided/vault';
import type { Stage } from '../stage';
import { expect, type Proof } from './proof';
import { productionCluster } from './several-servers';

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
];
