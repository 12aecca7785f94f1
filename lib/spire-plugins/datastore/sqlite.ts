/** SQLite in a file on the server's volume. */
import * as z from 'zod';
import { choosable } from '../plugin';
import { SERVER_FOLDER } from '../pod-paths';
import type { DatastorePlan } from './datastore';
import { connectionLimits, connections } from './sql-connections';

/** @see https://github.com/spiffe/spire/blob/v1.15.3/doc/plugin_server_datastore_sql.md */
export const sqlite = choosable({
  key: 'sqlite',
  about: 'SQLite in a file on the volume of the server, for one server.',
  settings: z.strictObject({ connections: connections.optional() }),
  plan: ({ connections: limits }): DatastorePlan => ({
    plugin: 'sql',
    configuration: {
      database_type: 'sqlite3',
      connection_string: `${SERVER_FOLDER}/datastore.sqlite3`,
      ...connectionLimits(limits),
    },
    lastingFiles: ['connection_string'],
    isShared: false,
  }),
});
