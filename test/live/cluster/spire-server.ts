/** Asks a SPIRE server through its own command line, in its own pod. */
import { X509Certificate } from 'node:crypto';
import { SPIRE_SERVER } from '../../../lib/model/names';
import { CommandFailure, type CommandResult } from '../machine/command';
import type { Cluster } from './cluster';
import type { ContainerTarget } from './kubectl';

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
  readonly selectors: readonly { readonly type: string; readonly value: string }[];
  readonly federates_with: readonly string[];
  readonly dns_names: readonly string[];
  readonly parent_id: SpiffeIdParts;
  readonly downstream?: boolean;
}

export interface FederationRelationship {
  readonly trust_domain: string;
  readonly bundle_endpoint_url: string;
  readonly https_spiffe?: { readonly endpoint_spiffe_id: string };
}

/** An X.509-SVID with its key, as `x509 mint` gives it out; both in PEM. */
export interface MintedSvid {
  readonly certificates: string;
  readonly key: string;
}

/** `spiffe://trust.domain/path`. */
export function spiffeIdOf({ trust_domain, path }: SpiffeIdParts): string {
  return `spiffe://${trust_domain}${path}`;
}

export class SpireServerCommand {
  private readonly target: ContainerTarget;

  /** @param server number of the server; by default any of them */
  constructor(
    private readonly cluster: Cluster,
    namespace: string,
    server?: number,
  ) {
    const workload = server === undefined ? `statefulset/${SPIRE_SERVER.name}` : `pod/${SPIRE_SERVER.name}-${server}`;
    this.target = { namespace, workload, container: SPIRE_SERVER.name };
  }

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

  /** Ids of the keys that verify JWT-SVIDs of the server's own trust domain, sorted. */
  async ownJwtKeys(): Promise<readonly string[]> {
    type Bundle = { readonly keys: readonly { readonly use: string; readonly kid?: string }[] };
    const { keys } = JSON.parse(await this.text(['bundle', 'show', '-format', 'spiffe'])) as Bundle;
    return keys.flatMap(({ use, kid }) => (use === 'jwt-svid' && kid !== undefined ? [kid] : [])).sort();
  }

  /** Bundle of a foreign trust domain as SPIFFE's JSON, or undefined where the server holds none. */
  async foreignBundle(trustDomain: string): Promise<Readonly<Record<string, unknown>> | undefined> {
    const text = await this.text(['bundle', 'list', '-format', 'spiffe', '-id', `spiffe://${trustDomain}`]).catch(
      (error: unknown) => {
        if (error instanceof CommandFailure && /not found/.test(error.result.stderr)) return '';
        throw error;
      },
    );
    return text === '' ? undefined : (JSON.parse(text.slice(text.indexOf('{'))) as Record<string, unknown>);
  }

  refresh(trustDomain: string): Promise<string> {
    return this.text(['federation', 'refresh', '-id', trustDomain]);
  }

  /** What a refresh that may fail says. */
  tryRefresh(trustDomain: string): Promise<CommandResult> {
    return this.run(['federation', 'refresh', '-id', trustDomain]);
  }

  /** Puts a bundle of a foreign trust domain in the place of the one that the server holds. */
  async setBundle(trustDomain: string, format: 'pem' | 'spiffe', text: string): Promise<void> {
    const args = ['bundle', 'set', '-id', `spiffe://${trustDomain}`, '-format', format];
    const result = await this.run(args, text);
    if (result.code !== 0) throw new CommandFailure(`${this.cluster.name}: spire-server ${args.join(' ')}`, result);
  }

  /** Hours that an X.509-SVID lives when it is asked to live so long, such as `24h`. */
  async lifeOfMinted(spiffeId: string, ttl: string): Promise<number> {
    const { certificates } = readMinted(await this.text(['x509', 'mint', '-spiffeID', spiffeId, '-ttl', ttl]));
    const { validFrom, validTo } = new X509Certificate(certificates);
    return (Date.parse(validTo) - Date.parse(validFrom)) / 3_600_000;
  }

  /** The authorities that sign X.509-SVIDs. */
  x509Authorities(): Promise<string> {
    return this.text(['localauthority', 'x509', 'show']);
  }

  /** Makes a CA and signs with it from now on. */
  async renewAuthority(): Promise<void> {
    const answer = await this.text(['localauthority', 'x509', 'prepare']);
    const id = /Authority ID: (\S+)/.exec(answer)?.[1];
    if (id === undefined) throw new Error(`no authority was prepared: ${answer}`);
    await this.text(['localauthority', 'x509', 'activate', '-authorityID', id]);
  }

  /** An SVID that no agent gave out, as the walkthrough uses it. */
  async mint(spiffeId: string, ...dnsNames: readonly string[]): Promise<MintedSvid> {
    const dns = dnsNames.flatMap((name) => ['-dns', name]);
    return readMinted(await this.text(['x509', 'mint', '-spiffeID', spiffeId, ...dns]));
  }

  private async text(args: readonly string[]): Promise<string> {
    const result = await this.run(args);
    if (result.code !== 0) throw new CommandFailure(`${this.cluster.name}: spire-server ${args.join(' ')}`, result);
    return result.stdout;
  }

  private async json<Answer>(args: readonly string[]): Promise<Answer> {
    return JSON.parse(await this.text([...args, '-output', 'json'])) as Answer;
  }

  private run(args: readonly string[], input?: string): Promise<CommandResult> {
    const command = ['/opt/spire/bin/spire-server', ...args];
    return this.cluster.kubectl.exec(this.target, command, input === undefined ? {} : { input });
  }
}

/** Takes apart what `x509 mint` prints: chain, key and roots, each under a heading. */
export function readMinted(text: string): MintedSvid {
  const [chain = '', rest = ''] = text.split('Private key:');
  const [key = ''] = rest.split('Root CAs:');
  const certificates = chain.slice(chain.indexOf('-----BEGIN'));
  if (!certificates.startsWith('-----BEGIN') || !key.includes('PRIVATE KEY')) throw new Error('no SVID was minted');
  return { certificates, key: `${key.trim()}\n` };
}
