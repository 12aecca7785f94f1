/** All datastores, sorted by key. */
import type { Choice } from '../plugin';
import { type AwsMysqlSettings, awsMysql } from './aws-mysql';
import { type AwsPostgresSettings, awsPostgres } from './aws-postgres';
import type { Datastore } from './datastore';
import { type MysqlSettings, mysql } from './mysql';
import { type PostgresSettings, postgres } from './postgres';
import { sqlite } from './sqlite';

export const DATASTORES: readonly Datastore[] = [awsMysql, awsPostgres, mysql, postgres, sqlite];

export const DEFAULT_DATASTORE = sqlite;

/** Chooses a datastore in a program, as `spire.server` does in a fleet. `settings` are those of a fleet. */
export const chooseDatastore = {
  /** A database of MySQL at AWS, signed in to by IAM. */
  awsMysql: (settings: AwsMysqlSettings): Choice => ({ key: awsMysql.key, settings }),
  /** A database of PostgreSQL at AWS, signed in to by IAM. */
  awsPostgres: (settings: AwsPostgresSettings): Choice => ({ key: awsPostgres.key, settings }),
  /** A database of MySQL. */
  mysql: (settings: MysqlSettings): Choice => ({ key: mysql.key, settings }),
  /** A database of PostgreSQL. */
  postgres: (settings: PostgresSettings): Choice => ({ key: postgres.key, settings }),
  /** SQLite in a file on the volume of the server. */
  sqlite: (): Choice => ({ key: sqlite.key, settings: {} }),
} as const;
