/** Finds servers that would run several times with a datastore of their own each. */

import { chosen } from '../../spire-plugins/choice';
import { DATASTORES, DEFAULT_DATASTORE } from '../../spire-plugins/datastore/catalog';
import { serverSetting } from '../settings';
import { mostServers } from '../spire/server-settings';
import { defineRule } from './rule';

export const replicasShareNothing = defineRule({
  code: 'replicas-share-nothing',
  severity: 'error',
  looksFor: 'several servers in a cluster whose datastore belongs to one server',
  why: 'each server would know only the entries and agents that it made itself: an agent that reaches another server gets no SVIDs.',
  source: 'spire doc/scaling_spire.md',
  example: { replicas: 3, key: 'replicas', datastore: DEFAULT_DATASTORE.key, shared: otherThan(DEFAULT_DATASTORE.key) },
  check: ({ written, clusters }, find) => {
    for (const [name, { spire, plugins }] of clusters) {
      const replicas = mostServers(spire.server);
      if (replicas === 1 || plugins.datastore.isShared) continue;
      const datastore = chosen(serverSetting(written, name, 'datastore').value)?.key ?? DEFAULT_DATASTORE.key;
      const key = spire.server.replicas === 1 ? 'autoscaling' : 'replicas';
      find(serverSetting(written, name, key).place, {
        replicas,
        key,
        datastore,
        shared: otherThan(datastore),
      });
    }
  },
});

function otherThan(datastore: string): readonly string[] {
  return DATASTORES.map(({ key }) => key).filter((key) => key !== datastore);
}
