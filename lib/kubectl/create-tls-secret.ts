/** The kubectl command that puts a certificate and its key into a cluster as a Secret of type kubernetes.io/tls. */

import { pathWord } from '../problems/shell';
import { applySecretCommand } from './apply-secret';

export interface TlsSecretProps {
  readonly secret: string;
  readonly namespace: string;
  /** Path of both files without `.crt` and `.key`. */
  readonly files: string;
  /** Name of the cluster and of the kubectl context. */
  readonly cluster: string;
}

export function createTlsSecretCommand({ secret, namespace, files, cluster }: TlsSecretProps): string {
  const [certificate, key] = ['crt', 'key'].map((ending) => pathWord(`${files}.${ending}`));
  const create = `kubectl create secret tls ${secret} --namespace ${namespace} --cert ${certificate} --key ${key}`;
  return applySecretCommand(create, cluster);
}
