/** cert-manager beside the control plane of a cluster, with an issuer under the root of the cluster's trust domain. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { Cluster } from '../cluster/cluster';
import { waitFor } from '../machine/wait';
import { moduleFolder } from '../programs/build';
import type { BuiltPrograms } from '../programs/built-programs';

export interface IssuerProps {
  readonly name: string;
  readonly namespace: string;
  /** Files in PEM: the CA that it signs with and its key, and the root that the CA leads to. */
  readonly files: { readonly certificate: string; readonly key: string; readonly root: string };
}

/** Starts the controllers with the definitions of their module, and returns when the API serves them. */
export async function startCertManager({ kubectl, node, kubeconfig }: Cluster, programs: BuiltPrograms): Promise<void> {
  const folder = join(await moduleFolder('certManager'), 'deploy', 'crds');
  const definitions = readdirSync(folder).filter((file) => file.endsWith('.yaml'));
  for (const file of definitions) await kubectl.apply(readFileSync(join(folder, file), 'utf8'));
  await kubectl.run(['wait', '--for=condition=Established', 'crd', '--all', '--timeout=60s']);
  node.background('cert-manager', [programs.path('certManager', 'controllers'), `--kubeconfig=${kubeconfig}`]);
}

/** Makes an Issuer that signs with a CA, and returns when it can. */
export async function makeIssuer({ kubectl, folder }: Cluster, { name, namespace, files }: IssuerProps): Promise<void> {
  const chain = join(folder, `${name}.pem`);
  // An issuer returns as the CA of a request what ends this chain.
  writeFileSync(chain, readFileSync(files.certificate, 'utf8') + readFileSync(files.root, 'utf8'));
  const secret = [`--from-file=tls.crt=${chain}`, `--from-file=tls.key=${files.key}`, '--type=kubernetes.io/tls'];
  await kubectl.run(['create', 'secret', 'generic', name, '-n', namespace, ...secret]);
  await kubectl.apply(
    stringify({
      apiVersion: 'cert-manager.io/v1',
      kind: 'Issuer',
      metadata: { name, namespace },
      spec: { ca: { secretName: name } },
    }),
  );
  await waitFor(
    `issuer ${name}`,
    () => kubectl.run(['wait', '-n', namespace, '--for=condition=Ready', `issuer/${name}`, '--timeout=10s']),
    { timeout: 90 },
  );
}
