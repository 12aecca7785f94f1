/** Writes kubeconfig files. */
import { writeFileSync } from 'node:fs';
import { pkiFile } from './pki';

export interface KubeconfigEntry {
  /** Name of the context. */
  readonly name: string;
  readonly server: string;
  /** Folder of the cluster's PKI. */
  readonly pki: string;
  /** Component whose certificate identifies the client. */
  readonly component: string;
}

/** A file with one context, which is the current one. */
export function writeKubeconfig(file: string, { name, server, pki, component }: KubeconfigEntry): void {
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': name,
    clusters: [{ name, cluster: { server, 'certificate-authority': pkiFile(pki, 'ca', 'crt') } }],
    users: [
      {
        name,
        user: {
          'client-certificate': pkiFile(pki, component, 'crt'),
          'client-key': pkiFile(pki, component, 'key'),
        },
      },
    ],
    contexts: [{ name, context: { cluster: name, user: name } }],
  };
  writeFileSync(file, `${JSON.stringify(config, null, 2)}\n`, { mode: 0o600 });
}
