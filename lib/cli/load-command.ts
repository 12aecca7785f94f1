/** Says by which command a certificate and its key are loaded into a cluster. */
import { secretCommand } from '../model/cluster/secret-command';
import { pathWord } from '../problems/shell';

export interface LoadProps {
  readonly secret: string;
  readonly namespace: string;
  /** Path of both files, without the `.crt` and `.key` at their ends. */
  readonly files: string;
  /** The kubectl context is named like it. */
  readonly cluster: string;
}

export function loadCommand({ secret, namespace, files, cluster }: LoadProps): string {
  const [certificate, key] = ['crt', 'key'].map((ending) => pathWord(`${files}.${ending}`));
  const create = `kubectl create secret tls ${secret} --namespace ${namespace} --cert ${certificate} --key ${key}`;
  return secretCommand(create, cluster);
}
