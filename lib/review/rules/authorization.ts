/** Finds callers that are newly admitted or no longer admitted. */
import type { Change, Item } from '../change';
import { isMap } from '../compare-fields';
import { isSubstantial, listed, mapsAt, type RiskRule, valueAt } from './risk-rule';

export const authorization: RiskRule = {
  name: 'authorization',
  risk: 'access',
  looksFor: 'an AuthorizationPolicy that was added or removed, or that allows other callers',
  why: 'an AuthorizationPolicy decides which calls are allowed. Pods that no policy selects allow every caller.',
  assess: (change) => {
    const { action, item } = change;
    if (item.kind !== 'AuthorizationPolicy' || !isSubstantial(change)) return [];
    const allows = (valueAt(item, 'spec', 'action') ?? 'ALLOW') === 'ALLOW';
    if (action === 'changed') return changedCallers(change, allows);
    if (action === 'added') {
      return [
        allows
          ? `only these callers are allowed: ${listed(callersOf(item)) || 'none'}`
          : 'denies callers that were allowed',
      ];
    }
    return [
      allows
        ? 'its pods allow every caller, unless another policy selects them'
        : 'the callers that it denied are allowed',
    ];
  },
};

function changedCallers(change: Change, allows: boolean): readonly string[] {
  const [before, after] = [callersOf(change.before), callersOf(change.after)];
  const come = after.filter((caller) => !before.includes(caller));
  const gone = before.filter((caller) => !after.includes(caller));
  return [
    ...(come.length > 0 ? [`now ${allows ? 'allows' : 'denies'} ${listed(come)}`] : []),
    ...(gone.length > 0 ? [`no longer ${allows ? 'allows' : 'denies'} ${listed(gone)}`] : []),
    ...(come.length + gone.length === 0 ? ['the allowed calls change'] : []),
  ];
}

/** Principals of all rules; a rule or a source that names none means everybody, and no rule nobody. */
function callersOf(item: Item | undefined): readonly string[] {
  const callers = mapsAt(item, 'spec', 'rules').flatMap(({ from }) => {
    const sources = Array.isArray(from) && from.length > 0 ? from : [{}];
    return sources.flatMap((source) => {
      const principals = isMap(source) && isMap(source.source) ? source.source.principals : undefined;
      return Array.isArray(principals) ? principals.map(String) : ['every caller that matches the rest of the rule'];
    });
  });
  return [...new Set(callers)];
}
