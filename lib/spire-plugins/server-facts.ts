/** What plugins may know of the SPIRE server that they are planned for. */
import { required } from '../invariants/required';

export interface ServerFacts {
  /** Name of its cluster. */
  readonly cluster: string;
  readonly trustDomain: string;
  readonly namespace: string;
  /** Name of its ServiceAccount. */
  readonly serviceAccount: string;
  /** The most pods of the server. */
  readonly replicas: number;
  /** Agents of its cluster. */
  readonly agents: { readonly namespace: string; readonly serviceAccount: string };
  /** Life of its CA, as Go writes durations. */
  readonly caTtl: string;
  /** Text of each file that settings of plugins name, by its path. A file that was refused has none. */
  readonly files?: Readonly<Record<string, string>>;
  /** Root of the trust domain; absent where the server signs with a CA of its own. */
  readonly root?: RootFacts;
  /** The server above; present on a nested server. */
  readonly upstream?: UpstreamFacts;
  /** PEM of the roots of the certificates that nested servers attest with; present where there are nested servers. */
  readonly nestedRootPem?: string;
}

export interface RootFacts {
  readonly pem: string;
  /** Annotations that tell which certificates these are. */
  readonly annotations: Readonly<Record<string, string>>;
}

/** The root of a server that does not sign with a CA of its own. */
export function rootOf({ cluster, root }: ServerFacts): RootFacts {
  return required(root, `the root of the SPIRE server of ${cluster}`);
}

export interface UpstreamFacts {
  /** Name of its cluster. */
  readonly cluster: string;
  readonly address: string;
  readonly port: number;
  /** Secret with the certificate by which the agent beside the nested server attests there. */
  readonly secret: string;
}
