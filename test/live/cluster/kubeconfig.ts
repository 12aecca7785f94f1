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

/** One file with a context for each entry; the first is the current one. */
export function writeKubeconfig(file: string, entries: readonly KubeconfigEntry[]): void {
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': entries[0]?.name,
    clusters: entries.map(({ name, server, pki }) => ({
      name,
      cluster: { server, 'certificate-authority': pkiFile(pki, 'ca', 'crt') },
    })),
    users: entries.map(({ name, pki, component }) => ({
      name,
      user: {
        'client-certificate': pkiFile(pki, component, 'crt'),
        'client-key': pkiFile(pki, component, 'key'),
      },
    })),
    contexts: entries.map(({ name }) => ({ name, context: { cluster: name, user: name } })),
  };
  writeFileSync(file, `${JSON.stringify(config, null, 2)}\n`, { mode: 0o600 });
}
