/** All datastores, sorted by key; the first one is the default. */
import type { Choice } from '../plugin';
import type { Datastore } from './datastore';
import { sqlite } from './sqlite';

export const DATASTORES: readonly Datastore[] = [sqlite];

export const DEFAULT_DATASTORE = sqlite;

/** Chooses a datastore in a program, as `spire.server` does in a fleet. */
export const chooseDatastore = {
  /** SQLite in a file on the volume of the server. */
  sqlite: (): Choice => ({ key: sqlite.key, settings: {} }),
} as const;
