/** A Vault on a machine of its own, with a CA under the root of a trust domain and an engine that keeps keys. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Cluster } from '../cluster/cluster';
import { apiServerUrl, pkiFolder } from '../cluster/control-plane';
import type { Lab } from '../cluster/lab';
import { pkiFile } from '../cluster/pki';
import type { CommandResult } from '../machine/command';
import type { Namespaces } from '../machine/namespaces';
import { waitFor } from '../machine/wait';
import { WebAuthority } from '../machine/web-certificate';
import type { BuiltPrograms } from '../programs/built-programs';

const PORT = 8200;
/** ServiceAccount by which Vault asks an API server whose token it was given. */
const REVIEWER = 'vault-reviewer';

export interface ServiceAccount {
  readonly name: string;
  readonly namespace: string;
}

/** What SPIRE's documentation asks for, for its upstream authority and for its key manager. */
const POLICY = `path "pki/root/sign-intermediate" { capabilities = ["update"] }
path "transit/keys/*" { capabilities = ["create", "read", "update", "delete", "list"] }
path "transit/sign/*" { capabilities = ["update"] }
`;

export interface VaultProps {
  readonly lab: Lab;
  readonly programs: BuiltPrograms;
  readonly address: string;
}

export class Vault {
  /** Of the administrator. */
  private token = '';

  private constructor(
    private readonly machine: Namespaces,
    private readonly props: VaultProps,
    /** PEM file with the CA of its certificate. */
    readonly authority: string,
  ) {}

  /** Starts an empty Vault, which forgets everything when it ends. */
  static async start(props: VaultProps): Promise<Vault> {
    const { lab, address } = props;
    const machine = await lab.addMachine('vault', address);
    const authority = await WebAuthority.in(lab.folder('vault-pki'));
    const vault = new Vault(machine, props, authority.roots);
    await vault.serve(await authority.certify(address));
    await vault.unseal();
    await vault.run(['policy', 'write', 'spire', '-'], POLICY);
    await vault.run(['secrets', 'enable', 'transit']);
    return vault;
  }

  get url(): string {
    return `https://${this.props.address}:${PORT}`;
  }

  /** Has its engine `pki` sign with this CA. The files are in PEM; the root is what the CA leads to. */
  async signWith(files: { readonly certificate: string; readonly key: string; readonly root: string }): Promise<void> {
    await this.run(['secrets', 'enable', '-max-lease-ttl=8760h', 'pki']);
    const bundle = [files.key, files.certificate, files.root].map((file) => readFileSync(file, 'utf8')).join('');
    await this.run(['write', 'pki/config/ca', 'pem_bundle=-'], bundle);
  }

  /** A token that may do what SPIRE does. */
  async makeToken(): Promise<string> {
    return (await this.run(['token', 'create', '-policy=spire', '-orphan', '-field=token'])).trim();
  }

  /** Lets the ServiceAccounts of a cluster with this name and namespace sign in under the role `spire`. */
  async trust({ kubectl, folder, address }: Cluster, { name, namespace }: ServiceAccount): Promise<void> {
    await kubectl.run(['create', 'serviceaccount', REVIEWER, '-n', 'default']);
    const binding = ['--clusterrole=system:auth-delegator', `--serviceaccount=default:${REVIEWER}`];
    await kubectl.run(['create', 'clusterrolebinding', REVIEWER, ...binding]);
    const reviewer = (await kubectl.run(['create', 'token', REVIEWER, '-n', 'default', '--duration=4h'])).trim();
    await this.run(['auth', 'enable', 'kubernetes']);
    await this.run([
      ...['write', 'auth/kubernetes/config', `kubernetes_host=${apiServerUrl(address)}`],
      ...[`kubernetes_ca_cert=@${pkiFile(pkiFolder(folder), 'ca', 'crt')}`, `token_reviewer_jwt=${reviewer}`],
    ]);
    await this.run([
      ...['write', 'auth/kubernetes/role/spire', 'policies=spire', 'ttl=1h'],
      ...[`bound_service_account_names=${name}`, `bound_service_account_namespaces=${namespace}`],
    ]);
  }

  /** Names of the keys in its engine `transit`, sorted. */
  async keys(): Promise<readonly string[]> {
    return (JSON.parse(await this.run(['list', '-format=json', 'transit/keys'])) as string[]).sort();
  }

  private async serve({ certificate, key }: { certificate: string; key: string }): Promise<void> {
    const folder = this.props.lab.folder('vault');
    const config = join(folder, 'vault.json');
    mkdirSync(folder, { recursive: true });
    const listener = { address: `${this.props.address}:${PORT}`, tls_cert_file: certificate, tls_key_file: key };
    writeFileSync(
      config,
      JSON.stringify({ storage: { inmem: {} }, listener: { tcp: listener }, api_addr: this.url, disable_mlock: true }),
    );
    this.machine.background('vault', [this.program, 'server', `-config=${config}`]);
    // 2: it answers and is sealed.
    const answers = async (): Promise<void> => {
      const { code, stderr } = await this.machine.tryRun(this.commandLine(['status']));
      if (code !== 2) throw new Error(stderr);
    };
    await waitFor('Vault', answers, { timeout: 60 });
  }

  private async unseal(): Promise<void> {
    const init = await this.run(['operator', 'init', '-key-shares=1', '-key-threshold=1', '-format=json']);
    const { root_token, unseal_keys_b64 } = JSON.parse(init) as { root_token: string; unseal_keys_b64: string[] };
    this.token = root_token;
    await this.run(['write', 'sys/unseal', 'key=-'], unseal_keys_b64[0]);
  }

  /** Runs a command of Vault's own command line with a token. */
  tryAs(token: string, args: readonly string[]): Promise<CommandResult> {
    return this.machine.tryRun(this.commandLine(args, token));
  }

  private run(args: readonly string[], input = ''): Promise<string> {
    return this.machine.run(this.commandLine(args), { input });
  }

  private commandLine(args: readonly string[], token = this.token): readonly string[] {
    const environment = [`VAULT_ADDR=${this.url}`, `VAULT_CACERT=${this.authority}`, `VAULT_TOKEN=${token}`];
    return ['env', ...environment, this.program, ...args];
  }

  private get program(): string {
    return this.props.programs.path('vault', 'vault');
  }
}
