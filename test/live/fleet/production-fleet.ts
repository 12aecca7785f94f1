/** Changes the walkthrough's fleet so that the cluster that is called has SPIRE as production runs it. */
import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Document } from 'yaml';
import type { Database } from '../provided/database';
import type { SecretFiles } from './apply-fleet';
import type { WorkFleet } from './work-fleet';

export const SERVERS = 3;

/** SVIDs are asked for anew after half of it. */
export const SHORT_LIFE = { text: '1m', seconds: 60 } as const;

const SECRET = 'spire-database';

export interface ProductionProps {
  readonly fleet: WorkFleet;
  readonly cluster: string;
  readonly database: Database;
  /** Of SPIRE in the cluster. @default - that of the fleet */
  readonly version?: string;
}

/** One server with everything on its volume, as the walkthrough has it; of the version from which it is upgraded, if there is one. */
export async function beginOnDisk({ fleet, cluster, version }: ProductionProps): Promise<void> {
  await fleet.startOver((document: Document) => {
    if (version !== undefined) document.setIn(['clusters', cluster, 'versions'], { spire: version });
  });
}

/** Several servers without anything on disk, on a database whose certificate they verify, and SVIDs of one minute. */
export function moveToDatabase({ fleet, cluster, database }: ProductionProps): void {
  cpSync(database.authority, join(fleet.folder, 'trust', 'database-ca.pem'));
  fleet.change((document: Document) =>
    document.setIn(['clusters', cluster, 'spire'], {
      x509SvidTtl: SHORT_LIFE.text,
      server: {
        replicas: SERVERS,
        keyManager: 'memory',
        formerDatastore: 'sqlite',
        datastore: {
          postgres: {
            host: database.address,
            database: database.name,
            user: database.name,
            password: { secret: SECRET },
            tls: { mode: 'verify-full', ca: 'trust/database-ca.pem' },
          },
        },
      },
    }),
  );
}

/** The move is over. */
export function endMove({ fleet, cluster }: ProductionProps): void {
  fleet.change((document: Document) => document.deleteIn(['clusters', cluster, 'spire', 'server', 'formerDatastore']));
}

/** What the Secrets hold that the README asks for. */
export function productionSecrets({ fleet, database }: ProductionProps): SecretFiles {
  const file = join(fleet.folder, 'database-password');
  writeFileSync(file, database.password, { mode: 0o600 });
  return { [SECRET]: { password: file } };
}
