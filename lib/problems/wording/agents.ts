/** Messages for the settings of SPIRE agents and of spire-controller-manager. */
import { quoted } from './phrases';
import type { WordingOf } from './wording';

export const agentsWording: WordingOf<
  'availability-target-ignored' | 'namespace-ignored' | 'parent-id-unknown' | 'sync-interval-too-long'
> = {
  'availability-target-ignored': ({ target, key, ttl, least }) => ({
    sentence: `availabilityTarget ${target} has no effect on SVIDs that live for ${ttl} (${key}); agents would renew them at half of their life`,
    hint: `raise ${key} to ${least} or more, or lower or remove availabilityTarget`,
  }),
  'namespace-ignored': ({ namespace, pattern, pods, at }, whereIs) => ({
    sentence: `namespace ${quoted(namespace)} is ignored by ${quoted(pattern)} (${whereIs(at)}), so ${pods} would get no SVIDs`,
    hint: 'use another namespace, or change ignoredNamespaces',
  }),
  'parent-id-unknown': ({ template, agents }) => ({
    sentence: `entries would be below ${quoted(template)}, but agents have the ID ${quoted(agents)}; without an alias they get no entries`,
    hint: 'remove parentIdTemplate, or make the ID an alias by a ClusterStaticEntry and waive the rule',
  }),
  'sync-interval-too-long': ({ got, key, ttl, limit }) => ({
    sentence: `syncInterval ${got} is longer than ${limit}, a tenth of ${ttl} (${key}); after a failed call or two, SVIDs would end before agents renew them`,
    hint: `lower syncInterval to ${limit} or raise ${key}`,
  }),
};
