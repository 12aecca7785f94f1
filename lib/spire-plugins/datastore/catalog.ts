/** All datastores, sorted by key. */
import type { Choice } from '../plugin';
import type { Datastore } from './datastore';
import { type PostgresSettings, postgres } from './postgres';
import { sqlite } from './sqlite';

export const DATASTORES: readonly Datastore[] = [postgres, sqlite];

export const DEFAULT_DATASTORE = sqlite;

/** Chooses a datastore in a program, as `spire.server` does in a fleet. */
export const chooseDatastore = {
  /** A database of PostgreSQL. `settings` are those of a fleet. */
  postgres: (settings: PostgresSettings): Choice => ({ key: postgres.key, settings }),
  /** SQLite in a file on the volume of the server. */
  sqlite: (): Choice => ({ key: sqlite.key, settings: {} }),
} as const;
