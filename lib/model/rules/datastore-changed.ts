/** Finds servers that would start with an empty datastore. */
import { DEFAULT_DATASTORE } from '../../spire-plugins/datastore/catalog';
import { serverSetting } from '../settings';
import { defineRule } from './rule';

export const datastoreChanged = defineRule({
  code: 'datastore-changed',
  severity: 'error',
  waivable: true,
  looksFor:
    'another kind of datastore than the last synthesis wrote for the cluster, unless formerDatastore names that one',
  why: 'nothing is copied. While old and new servers run side by side, agents that attested to one are unknown to the other; and without a root, the server has a CA that nobody trusts.',
  source: 'spire pkg/server/datastore/sqlstore/sqlstore.go; pkg/server/ca/manager/journal.go',
  example: { from: DEFAULT_DATASTORE.key, to: 'a database' },
  check: ({ written, clusters, previous }, find) => {
    for (const [name, { spire, plugins }] of clusters) {
      const before = previous?.[name];
      if (before === undefined) continue;
      const { datastore: from = DEFAULT_DATASTORE.key } = before;
      const { datastore: to } = plugins.keys;
      if (from === to || spire.server.formerDatastore === from) continue;
      find(serverSetting(written, name, 'datastore').place, { from, to });
    }
  },
});
