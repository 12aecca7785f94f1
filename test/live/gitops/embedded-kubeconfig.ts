/** Writes access to a cluster in one text, for tools that take no files. */
import type { Cluster } from '../cluster/cluster';

interface Kubeconfig {
  readonly clusters: readonly [
    { readonly cluster: { readonly server: string; readonly 'certificate-authority-data': string } },
  ];
  readonly users: readonly [
    { readonly user: { readonly 'client-certificate-data': string; readonly 'client-key-data': string } },
  ];
}

/** A kubeconfig that refers to nothing. */
export function embeddedKubeconfig({ kubectl, kubeconfig }: Cluster): Promise<string> {
  return kubectl.run(['--kubeconfig', kubeconfig, 'config', 'view', '--raw', '--flatten', '-o', 'json']);
}

/** The same, taken apart. */
export async function accessTo(cluster: Cluster): Promise<{
  readonly server: string;
  readonly caData: string;
  readonly certData: string;
  readonly keyData: string;
}> {
  const { clusters, users } = JSON.parse(await embeddedKubeconfig(cluster)) as Kubeconfig;
  return {
    server: clusters[0].cluster.server,
    caData: clusters[0].cluster['certificate-authority-data'],
    certData: users[0].user['client-certificate-data'],
    keyData: users[0].user['client-key-data'],
  };
}
