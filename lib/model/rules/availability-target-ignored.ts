/** Finds availability targets that agents ignore for some SVIDs. */
import { goDuration } from '../../formats/duration';
import { agentSetting } from '../settings';
import { nameOfTtl, x509SvidTtls } from '../spire/svid-ttls';
import { defineRule } from './rule';

/** SPIRE's gracePeriodThreshold, in seconds: a lifetime must be longer than the target by more than this. */
const GRACE_PERIOD = 12 * 3600;

export const availabilityTargetIgnored = defineRule({
  code: 'availability-target-ignored',
  severity: 'error',
  looksFor:
    'an availabilityTarget that is not more than 12 hours shorter than the life of an X.509-SVID of the cluster',
  why: 'agents renew such SVIDs at half of their life, as without a target, and say so only in their log. SVIDs do not last as long without the server as the target says.',
  source: 'spire pkg/common/rotationutil/rotationutil.go gracePeriodThreshold',
  example: { target: '24h', key: 'x509SvidTtl', ttl: '4h', least: '36h1s' },
  check: (draft, find) => {
    for (const [name, { spire }] of draft.clusters) {
      const target = spire.agent.availabilityTarget;
      if (target === undefined) continue;
      const { place } = agentSetting(draft.written, name, 'availabilityTarget');
      const short = x509SvidTtls(draft, name).find(({ seconds }) => seconds - target <= GRACE_PERIOD);
      if (short === undefined) continue;
      find(place, {
        target: goDuration(target),
        key: nameOfTtl(short),
        ttl: goDuration(short.seconds),
        least: goDuration(target + GRACE_PERIOD + 1),
      });
    }
  },
});
