/** All datastores, sorted by key; the first one is the default. */
import type { Datastore } from './datastore';
import { sqlite } from './sqlite';

export const DATASTORES: readonly Datastore[] = [sqlite];

export const DEFAULT_DATASTORE = sqlite;
