/** The SPIRE server of a partner: one process in its own network namespace, configured by hand, with a self-signed CA. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Lab } from '../cluster/lab';
import { run } from '../machine/command';
import type { Namespaces } from '../machine/namespaces';
import { waitFor } from '../machine/wait';
import type { BuiltPrograms } from '../programs/built-programs';

export interface PartnerProps {
  readonly lab: Lab;
  readonly programs: BuiltPrograms;
  readonly trustDomain: string;
  /** Of its machine, and of its bundle endpoint. */
  readonly address: string;
  /** Whose bundle it polls: trust domain and URL of an endpoint that authenticates with a certificate of the web. */
  readonly peer: { readonly trustDomain: string; readonly url: string };
  /** PEM file with the roots of the web. */
  readonly webRoots: string;
}

const ENDPOINT_PORT = 8443;

export class PartnerServer {
  private constructor(
    private readonly machine: Namespaces,
    private readonly props: PartnerProps,
    private readonly folder: string,
  ) {}

  static async start(props: PartnerProps): Promise<PartnerServer> {
    const { lab, trustDomain, address } = props;
    const machine = await lab.addMachine(trustDomain, address);
    const server = new PartnerServer(machine, props, lab.folder(trustDomain));
    server.run();
    await server.ready();
    return server;
  }

  get url(): string {
    return `https://${this.props.address}:${ENDPOINT_PORT}/`;
  }

  /** Its bundle as SPIFFE's JSON. */
  ownBundle(): Promise<string> {
    return this.command(['bundle', 'show', '-format', 'spiffe']);
  }

  /** What it holds of a foreign trust domain, as SPIFFE's JSON. */
  foreignBundle(trustDomain: string): Promise<string> {
    return this.command(['bundle', 'list', '-format', 'spiffe', '-id', `spiffe://${trustDomain}`]);
  }

  /** Publishes the CA that comes next; its id. */
  async prepareAuthority(): Promise<string> {
    const answer = await this.command(['localauthority', 'x509', 'prepare']);
    const id = /Authority ID: (\S+)/.exec(answer)?.[1];
    if (id === undefined) throw new Error(`no authority was prepared: ${answer}`);
    return id;
  }

  /** Signs with a prepared CA from now on, its own SVID included. */
  async activateAuthority(id: string): Promise<void> {
    await this.command(['localauthority', 'x509', 'activate', '-authorityID', id]);
    // It takes a new SVID for its endpoint when half of the old one is over, or when it starts.
    await this.machine.tryRun(['pkill', '--exact', 'spire-server']);
    this.run();
    await this.ready();
  }

  /** Nobody reaches its endpoint any more; everything else of it goes on. */
  async closeEndpoint(): Promise<void> {
    await this.machine.run(['iptables', '-I', ...CLOSED]);
  }

  async openEndpoint(): Promise<void> {
    await this.machine.run(['iptables', '-D', ...CLOSED]);
  }

  private run(): void {
    const data = join(this.folder, 'data');
    const config = join(this.folder, 'server.conf');
    mkdirSync(data, { recursive: true });
    writeFileSync(config, configOf(this.props, data));
    const program = this.props.programs.path('spire', 'spire-server');
    this.machine.background('spire-server', [
      ...['env', `SSL_CERT_FILE=${this.props.webRoots}`],
      ...[program, 'run', '-config', config],
    ]);
  }

  private async ready(): Promise<void> {
    await waitFor(`SPIRE server of ${this.props.trustDomain}`, () => this.command(['healthcheck']), { timeout: 30 });
  }

  private command(args: readonly string[]): Promise<string> {
    return run(this.machine.enter([this.props.programs.path('spire', 'spire-server'), ...args]), { timeout: 30 });
  }
}

/** Dropped rather than refused, as where a link is down. */
const CLOSED = ['INPUT', '-p', 'tcp', '--dport', String(ENDPOINT_PORT), '-j', 'DROP'] as const;

function configOf({ trustDomain, peer }: PartnerProps, data: string): string {
  return `server {
  bind_address = "127.0.0.1"
  bind_port = 8081
  trust_domain = "${trustDomain}"
  data_dir = "${data}"
  federation {
    bundle_endpoint {
      address = "0.0.0.0"
      port = ${ENDPOINT_PORT}
      refresh_hint = "10s"
      profile "https_spiffe" {}
    }
    federates_with "${peer.trustDomain}" {
      bundle_endpoint_url = "${peer.url}"
      bundle_endpoint_profile "https_web" {}
    }
  }
}
plugins {
  DataStore "sql" {
    plugin_data { database_type = "sqlite3" connection_string = "${data}/datastore.sqlite3" }
  }
  KeyManager "disk" {
    plugin_data { keys_path = "${data}/keys.json" }
  }
  NodeAttestor "join_token" {
    plugin_data {}
  }
}
`;
}
