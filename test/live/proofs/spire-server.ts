/** Asks a SPIRE server through its own command line, in its own pod. */
import type { Cluster } from '../cluster/cluster';
import type { CommandResult } from '../machine/command';
import { CommandFailure } from '../machine/command';

/** Where the server runs, in the layout that the fleet under proof has. */
export const SERVER = { namespace: 'spire-server', workload: 'statefulset/spire-server', container: 'spire-server' };

interface SpiffeIdParts {
  readonly trust_domain: string;
  readonly path: string;
}

export interface Agent {
  readonly id: SpiffeIdParts;
  readonly attestation_type: string;
}

export interface Entry {
  readonly id: string;
  readonly spiffe_id: SpiffeIdParts;
  readonly parent_id: SpiffeIdParts;
  readonly selectors: readonly { readonly type: string; readonly value: string }[];
  readonly federates_with: readonly string[];
  readonly dns_names: readonly string[];
}

export interface FederationRelationship {
  readonly trust_domain: string;
  readonly bundle_endpoint_url: string;
  readonly https_spiffe?: { readonly endpoint_spiffe_id: string };
}

/** An X.509-SVID with its key, as `x509 mint` gives it out. */
export interface MintedSvid {
  readonly certificates: string;
  readonly key: string;
}

/** `spiffe://trust.domain/path`. */
export function spiffeIdOf({ trust_domain, path }: SpiffeIdParts): string {
  return `spiffe://${trust_domain}${path}`;
}

export class SpireServerCommand {
  constructor(private readonly cluster: Cluster) {}

  async agents(): Promise<readonly Agent[]> {
    return (await this.json<{ readonly agents: readonly Agent[] }>(['agent', 'list'])).agents;
  }

  /** Entries of workloads, sorted by SPIFFE ID. */
  async entries(): Promise<readonly Entry[]> {
    const { entries } = await this.json<{ readonly entries: readonly Entry[] }>(['entry', 'show']);
    return [...entries].sort((a, b) => (spiffeIdOf(a.spiffe_id) < spiffeIdOf(b.spiffe_id) ? -1 : 1));
  }

  async relationships(): Promise<readonly FederationRelationship[]> {
    type Answer = { readonly federation_relationships: readonly FederationRelationship[] };
    return (await this.json<Answer>(['federation', 'list'])).federation_relationships;
  }

  /** Bundle of the server's own trust domain, in PEM. */
  ownBundle(): Promise<string> {
    return this.text(['bundle', 'show']);
  }

  /** Bundle of a foreign trust domain as SPIFFE's JSON, or undefined where the server holds none. */
  async foreignBundle(trustDomain: string): Promise<Readonly<Record<string, unknown>> | undefined> {
    const { code, stdout } = await this.try(['bundle', 'list', '-format', 'spiffe', '-id', `spiffe://${trustDomain}`]);
    const start = stdout.indexOf('{');
    return code === 0 && start >= 0 ? (JSON.parse(stdout.slice(start)) as Record<string, unknown>) : undefined;
  }

  refresh(trustDomain: string): Promise<string> {
    return this.text(['federation', 'refresh', '-id', trustDomain]);
  }

  /** An SVID that no agent gave out, as the walkthrough uses it. */
  async mint(spiffeId: string, ...dnsNames: readonly string[]): Promise<MintedSvid> {
    const dns = dnsNames.flatMap((name) => ['-dns', name]);
    const text = await this.text(['x509', 'mint', '-spiffeID', spiffeId, ...dns]);
    const [chain = '', rest = ''] = text.split('Private key:');
    const [key = ''] = rest.split('Root CAs:');
    return { certificates: chain.slice(chain.indexOf('-----')), key: `${key.trim()}\n` };
  }

  async text(args: readonly string[]): Promise<string> {
    const result = await this.try(args);
    if (result.code !== 0) throw new CommandFailure(`${this.cluster.name}: spire-server ${args.join(' ')}`, result);
    return result.stdout;
  }

  async json<Answer>(args: readonly string[]): Promise<Answer> {
    return JSON.parse(await this.text([...args, '-output', 'json'])) as Answer;
  }

  private try(args: readonly string[]): Promise<CommandResult> {
    return this.cluster.exec(SERVER, ['/opt/spire/bin/spire-server', ...args]);
  }
}
