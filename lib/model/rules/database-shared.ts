/** Finds clusters whose SPIRE servers share a database. */
import type { FleetPath } from '../../problems/problem';
import { serverSetting } from '../settings';
import { defineRule } from './rule';

export const databaseShared = defineRule({
  code: 'database-shared',
  severity: 'error',
  looksFor: 'two clusters whose SPIRE servers use one database',
  why: 'a server does not start if its database has entries of another trust domain; in one trust domain, the controller managers of the clusters delete the entries of each other.',
  source: 'spire pkg/server/server.go validateTrustDomain; spire-controller-manager pkg/spireentry/reconciler.go',
  example: { database: 'db.example.org:5432/spire', other: 'east', first: ['clusters', 'east'] },
  check: ({ written, clusters }, find) => {
    const owners = new Map<string, { readonly other: string; readonly first: FleetPath }>();
    for (const [name, { plugins }] of clusters) {
      const { database } = plugins.datastore;
      if (database === undefined) continue;
      const owner = owners.get(database);
      if (owner === undefined) owners.set(database, { other: name, first: ['clusters', name] });
      else find(serverSetting(written, name, 'datastore').place, { database, ...owner });
    }
  },
});
