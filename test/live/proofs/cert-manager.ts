/** Proves that cert-manager signs the CAs of several servers, and that it can renew the intermediate CA that they sign with. */
import { X509Certificate } from 'node:crypto';
import type { Document } from 'yaml';
import type { Cluster } from '../cluster/cluster';
import { waitFor } from '../machine/wait';
import { makeIssuer, startCertManager } from '../provided/cert-manager';
import type { Stage } from '../stage';
import { waitForPods } from './pods';
import { expect, type Proof } from './proof';
import { certificatesIn } from './root-rotation';
import { chainsOfServers, productionCluster, underTraffic, waitForServers } from './several-servers';

const ISSUER = 'spire-intermediate';
const SECRET = 'spire-upstream-ca';

export const certManagerProofs: readonly Proof[] = [
  {
    name: 'cert-manager signs the CA of each server in place of the Secret: no call fails, and every SVID is renewed in time',
    needs: ['certManager'],
    deadline: 900,
    prove: async (stage) => {
      const cluster = productionCluster(stage);
      const { trustDomain, spire } = stage.resolveCluster(cluster);
      await startCertManager(cluster, stage.programs);
      const files = { ...stage.fleet.intermediateOf(trustDomain), root: stage.fleet.rootFileOf(trustDomain) };
      await makeIssuer(cluster, { name: ISSUER, namespace: spire.serverNamespace, files });
      const seen = await underTraffic(stage, async () => {
        await changeAuthority(stage, cluster, (document, trust) => {
          document.deleteIn([...trust, 'secret']);
          document.setIn([...trust, 'authority'], { certManager: { issuer: ISSUER } });
        });
      });
      const requests = await signedRequests(cluster, spire.serverNamespace);
      expect(requests.length >= spire.server.replicas, `cert-manager signed ${requests.length} requests`);
      const root = new X509Certificate(stage.fleet.rootOf(trustDomain));
      for (const chain of await chainsOfServers(stage, cluster)) {
        expect(chain.at(-1)?.verify(root.publicKey) === true, 'a server does not sign under the root');
      }
      return `the CertificateRequests ${requests.join(', ')} were signed; ${seen}`;
    },
  },
  {
    name: 'cert-manager renews the intermediate CA in the Secret by the Certificate of the output, and every server signs with the renewed one without a restart: no call fails',
    needs: ['certManager'],
    deadline: 900,
    prove: async (stage) => {
      const cluster = productionCluster(stage);
      const { serverNamespace } = stage.resolveCluster(cluster).spire;
      let serials: readonly string[] = [];
      const seen = await underTraffic(stage, async () => {
        await changeAuthority(stage, cluster, (document, trust) => {
          document.deleteIn([...trust, 'secret']);
          document.setIn([...trust, 'authority'], { secret: { name: SECRET, certificate: RENEWED_SOON } });
        });
        const first = await waitFor('the first certificate', () => issued(cluster, serverNamespace, ''), {
          timeout: 90,
        });
        const second = await waitFor('its renewal', () => issued(cluster, serverNamespace, first), { timeout: 240 });
        await cluster.kubectl.run(['delete', 'certificate', SECRET, '-n', serverNamespace]);
        await waitFor('CAs under the renewed intermediate', () => signWith(stage, cluster, second), { timeout: 180 });
        serials = [first, second];
      });
      return `the intermediate ${serials[0]} was followed by ${serials[1]}, with which every server signs; ${seen}`;
    },
  },
];

/** Renewed two minutes after it was issued. */
const RENEWED_SOON = { issuer: ISSUER, duration: '240h', renewBefore: '14398m' };

/** Changes the key `trust` of the cluster, and waits until every server runs with it. */
async function changeAuthority(
  stage: Stage,
  cluster: Cluster,
  edit: (document: Document, trust: readonly string[]) => void,
): Promise<void> {
  stage.fleet.change((document) => edit(document, ['clusters', cluster.name, 'trust']));
  await stage.applyAll();
  await waitForServers(stage, cluster);
  await waitForPods(stage, cluster);
}

/** Names of the requests of servers that were signed. A server deletes its request when it has the certificate, so events tell. */
async function signedRequests({ kubectl }: Cluster, namespace: string): Promise<readonly string[]> {
  const events = await kubectl.list(['events', '-n', namespace, '--field-selector=reason=CertificateIssued']);
  const names = events.map(({ involvedObject }) => (involvedObject as { readonly name: string }).name);
  return [...new Set(names)].filter((name) => name.startsWith('spiffe-ca-')).sort();
}

/** Serial number of the intermediate in the Secret, once it is one that cert-manager issued and not this one. */
async function issued({ kubectl, name }: Cluster, namespace: string, before: string): Promise<string> {
  await kubectl.run(['wait', '-n', namespace, '--for=condition=Ready', `certificate/${SECRET}`, '--timeout=5s']);
  const { data } = await kubectl.get<{ readonly data: Readonly<Record<string, string>> }>([
    'secret',
    SECRET,
    '-n',
    namespace,
  ]);
  const [pem = ''] = certificatesIn(Buffer.from(data['tls.crt'] ?? '', 'base64').toString('utf8'));
  const { serialNumber, subject } = new X509Certificate(pem);
  expect(
    subject.includes(`SPIRE of ${name}`) && serialNumber !== before,
    `the Secret holds ${subject} ${serialNumber}`,
  );
  return serialNumber;
}

/** Gives every server a new CA, and fails unless all of them are under the intermediate. A kubelet brings it within a minute. */
async function signWith(stage: Stage, cluster: Cluster, intermediate: string): Promise<void> {
  const { replicas } = stage.resolveCluster(cluster).spire.server;
  for (let server = 0; server < replicas; server++) await stage.spireServer(cluster, server).renewAuthority();
  for (const chain of await chainsOfServers(stage, cluster)) {
    const serials = chain.map(({ serialNumber }) => serialNumber);
    expect(serials.includes(intermediate), `a server signs with the chain ${serials}`);
  }
}
