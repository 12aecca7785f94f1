/** Messages for the settings of SPIRE agents. */
import type { WordingOf } from './wording';

export const agentsWording: WordingOf<'availability-target-ignored' | 'sync-interval-too-long'> = {
  'availability-target-ignored': ({ target, key, ttl, least }) => ({
    sentence: `availabilityTarget ${target} has no effect on SVIDs that live for ${ttl} (${key}); agents would renew them at half of their life`,
    hint: `raise ${key} to ${least} or more, or lower or remove availabilityTarget`,
  }),
  'sync-interval-too-long': ({ got, key, ttl, limit }) => ({
    sentence: `syncInterval ${got} is longer than ${limit}, a tenth of ${ttl} (${key}); after a failed call or two, SVIDs would end before agents renew them`,
    hint: `lower syncInterval to ${limit} or raise ${key}`,
  }),
};
