/** Finds agents that ask their server too seldom for the life of their SVIDs. */
import { goDuration } from '../../formats/duration';
import { agentSetting } from '../settings';
import { nameOfTtl, x509SvidTtls } from '../spire/svid-ttls';
import { defineRule } from './rule';

export const syncIntervalTooLong = defineRule({
  code: 'sync-interval-too-long',
  severity: 'error',
  looksFor: 'a syncInterval longer than a tenth of the shortest life of an X.509-SVID of the cluster',
  why: 'agents look once in each interval for SVIDs that are past half of their life, and wait longer after each failed call. With fewer than five tries, a short outage of the server ends SVIDs.',
  source: 'spire pkg/agent/manager/manager.go runSynchronizer',
  example: { got: '30s', key: 'x509SvidTtl', ttl: '1m', limit: '6s' },
  check: (draft, find) => {
    for (const [name, { spire }] of draft.clusters) {
      const interval = spire.agent.experimental?.syncInterval;
      const [shortest] = [...x509SvidTtls(draft, name)].sort((one, other) => one.seconds - other.seconds);
      if (interval === undefined || shortest === undefined || interval <= shortest.seconds / 10) continue;
      const { place } = agentSetting(draft.written, name, 'experimental');
      find([...place, 'syncInterval'], {
        got: goDuration(interval),
        key: nameOfTtl(shortest),
        ttl: goDuration(shortest.seconds),
        limit: goDuration(Math.floor(shortest.seconds / 10)),
      });
    }
  },
});
