/** Proves that the database of the suite is what a production database is: it is reached over TLS with its own CA, or not at all. */
import { Database } from '../provided/database';
import type { Stage } from '../stage';
import { expect, type Proof } from './proof';

/** An address that no node and no load balancer has. */
const ADDRESS = '172.16.17.20';

let started: Database | undefined;

/** The database of the run, started by the first proof that asks for it. */
export async function databaseOf({ lab }: Stage): Promise<Database> {
  started ??= await Database.start(lab, ADDRESS);
  return started;
}

export const databaseProofs: readonly Proof[] = [
  {
    name: 'the database takes connections that verify its certificate, and none without TLS or with another password',
    offline: true,
    prove: async (stage) => {
      const database = await databaseOf(stage);
      const verified = { sslmode: 'verify-full', sslrootcert: database.authority };
      const accepted = await database.tryConnect(verified);
      expect(accepted.code === 0, accepted.stderr);
      const refused: readonly Readonly<Record<string, string>>[] = [
        { sslmode: 'disable' },
        { ...verified, password: 'guessed' },
        { sslmode: 'verify-full', sslrootcert: '/etc/ssl/certs/ca-certificates.crt' },
      ];
      const reasons: string[] = [];
      for (const settings of refused) {
        const { code, stderr } = await database.tryConnect(settings);
        expect(code !== 0, `it takes a connection with ${JSON.stringify(settings)}`);
        reasons.push(/(?:FATAL|SSL error): *(.*)/.exec(stderr)?.[1] ?? stderr.trim());
      }
      return `verify-full connects; refused: ${reasons.join('; ')}`;
    },
  },
  {
    name: 'the database keeps what it holds while it is away, and answers again afterwards',
    offline: true,
    prove: async (stage) => {
      const database = await databaseOf(stage);
      await database.stop();
      const { stderr } = await database.tryConnect({ sslmode: 'require' });
      await database.restart();
      const { code } = await database.tryConnect({ sslmode: 'require' });
      expect(stderr.includes('refused') && code === 0, `away it says ${stderr.trim()}, and ${code} afterwards`);
      return 'connections are refused while it is stopped, and accepted after its start';
    },
  },
];
