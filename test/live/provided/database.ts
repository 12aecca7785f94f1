/** A PostgreSQL on a machine of its own, which takes connections over TLS only and can be taken away. */
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Lab } from '../cluster/lab';
import type { CommandResult } from '../machine/command';
import type { Namespaces } from '../machine/namespaces';
import { waitFor } from '../machine/wait';
import { WebAuthority } from '../machine/web-certificate';

/** Where Debian has a folder for each release of PostgreSQL. */
const RELEASES = '/usr/lib/postgresql';
/** PostgreSQL refuses to run as root. */
const AS_ACCOUNT = ['setpriv', '--reuid=postgres', '--regid=postgres', '--init-groups', '--'] as const;
/** The answer without headings, and the first error ends it. */
const QUIETLY = ['--no-psqlrc', '--tuples-only', '--no-align', '--set=ON_ERROR_STOP=1'] as const;

export class Database {
  readonly port = 5432;
  /** Of the database, and of the role that owns it. */
  readonly name = 'spire';
  /** Of that role. */
  readonly password = randomBytes(24).toString('hex');

  private constructor(
    private readonly machine: Namespaces,
    private readonly folder: string,
    readonly address: string,
    /** PEM file with the CA of its certificate. */
    readonly authority: string,
  ) {}

  /** Starts an empty database, whose certificate is for its address. */
  static async start(lab: Lab, address: string): Promise<Database> {
    const machine = await lab.addMachine('database', address);
    const folder = lab.folder('database');
    const authority = await WebAuthority.in(lab.folder('database-pki'));
    const database = new Database(machine, folder, address, authority.roots);
    await database.initialize(await authority.certify(address));
    await database.restart();
    await database.asOwner(`CREATE ROLE ${database.name} LOGIN PASSWORD '${database.password}'`);
    await database.asOwner(`CREATE DATABASE ${database.name} OWNER ${database.name}`);
    return database;
  }

  /** Ends it and every connection to it. What was committed stays. */
  async stop(): Promise<void> {
    await this.asAccount(['pg_ctl', 'stop', '--mode=fast', '-D', this.data]);
  }

  /** Starts it with what it held, and returns when it takes connections. */
  async restart(): Promise<void> {
    this.machine.background('postgres', [...AS_ACCOUNT, programOf('postgres'), '-D', this.data]);
    await waitFor('PostgreSQL', () => this.asAccount(['pg_isready', '-h', this.folder]), { timeout: 60 });
  }

  /** Connects over the network as the SPIRE servers do, with these settings of libpq, and runs a statement. */
  tryConnect(settings: Readonly<Record<string, string>>): Promise<CommandResult> {
    const { address, name, password } = this;
    const all = { host: address, dbname: name, user: name, password, ...settings };
    const connection = Object.entries(all).map(([key, value]) => `${key}=${value}`);
    return this.machine.tryRun([programOf('psql'), ...QUIETLY, '-c', 'SELECT 1', connection.join(' ')], {
      timeout: 30,
    });
  }

  /** Address and TLS version of each client of the role, sorted. */
  async clients(): Promise<readonly string[]> {
    const answer = await this.asOwner(
      `SELECT DISTINCT client_addr || ' ' || coalesce(version, 'without TLS')
       FROM pg_stat_activity LEFT JOIN pg_stat_ssl USING (pid) WHERE usename = '${this.name}'`,
    );
    return answer.split('\n').filter(Boolean).sort();
  }

  /** Runs a statement as the administrator. */
  private asOwner(statement: string): Promise<string> {
    return this.asAccount(['psql', ...QUIETLY, '-h', this.folder, '-d', 'postgres'], statement);
  }

  private async initialize({ certificate, key }: { certificate: string; key: string }): Promise<void> {
    await this.machine.run(['chown', 'postgres:postgres', this.folder]);
    await this.asAccount(['initdb', '-D', this.data, '--auth-local=peer', '--encoding=UTF8', '--locale=C.UTF-8']);
    for (const [file, name] of [
      [certificate, 'server.crt'],
      [key, 'server.key'],
    ] as const) {
      await this.machine.run(['install', '-o', 'postgres', '-m', '600', file, join(this.data, name)]);
    }
    await this.write('postgresql.auto.conf', settingsOf(this.address, this.folder));
    await this.write('pg_hba.conf', `local all postgres peer\nhostssl ${this.name} ${this.name} all scram-sha-256\n`);
  }

  private async write(file: string, text: string): Promise<void> {
    await this.machine.run([...AS_ACCOUNT, 'sh', '-c', 'cat > "$0"', join(this.data, file)], { input: text });
  }

  private asAccount([program = '', ...args]: readonly string[], input = ''): Promise<string> {
    return this.machine.run([...AS_ACCOUNT, programOf(program), ...args], { input });
  }

  private get data(): string {
    return join(this.folder, 'data');
  }
}

function settingsOf(address: string, sockets: string): string {
  return `listen_addresses = '${address}'
unix_socket_directories = '${sockets}'
ssl = on
# The database does not outlive the machine.
fsync = off
`;
}

/** A program of the newest release that is installed. */
function programOf(name: string): string {
  const releases = existsSync(RELEASES) ? readdirSync(RELEASES).sort((a, b) => Number(b) - Number(a)) : [];
  if (releases[0] === undefined) throw new Error(`no PostgreSQL is below ${RELEASES}`);
  return join(RELEASES, releases[0], 'bin', name);
}
