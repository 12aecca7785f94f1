/** Finds callers that are newly admitted or no longer admitted. */
import type { Change, Item } from '../change';
import { isMap } from '../compare-fields';
import { isSubstantial, listed, mapsAt, type RiskRule, valueAt } from './risk-rule';

export const authorization: RiskRule = {
  name: 'authorization',
  risk: 'access',
  looksFor: 'an AuthorizationPolicy that was added or removed, or that admits other callers',
  why: 'an AuthorizationPolicy decides which callers are admitted. Pods that no policy selects admit everybody.',
  assess: (change) => {
    const { action, item } = change;
    if (item.kind !== 'AuthorizationPolicy' || !isSubstantial(change)) return [];
    const allows = (valueAt(item, 'spec', 'action') ?? 'ALLOW') === 'ALLOW';
    if (action === 'changed') return changedCallers(change, allows);
    if (action === 'added') {
      return [
        allows
          ? `only these get through to its pods: ${listed(callersOf(item)) || 'nobody'}`
          : 'refuses callers that got through',
      ];
    }
    return [
      allows ? 'where no other policy selects the same pods, they admit everybody' : 'what it refused gets through',
    ];
  },
};

function changedCallers(change: Change, allows: boolean): readonly string[] {
  const [before, after] = [callersOf(change.before), callersOf(change.after)];
  const come = after.filter((caller) => !before.includes(caller));
  const gone = before.filter((caller) => !after.includes(caller));
  return [
    ...(come.length > 0 ? [`begins to ${allows ? 'admit' : 'refuse'} ${listed(come)}`] : []),
    ...(gone.length > 0 ? [`no longer ${allows ? 'admits' : 'refuses'} ${listed(gone)}`] : []),
    ...(come.length + gone.length === 0 ? ['who gets through to which pods changes'] : []),
  ];
}

/** Principals of all rules; a rule or a source that names none means everybody, and no rule nobody. */
function callersOf(item: Item | undefined): readonly string[] {
  const callers = mapsAt(item, 'spec', 'rules').flatMap(({ from }) => {
    const sources = Array.isArray(from) && from.length > 0 ? from : [{}];
    return sources.flatMap((source) => {
      const principals = isMap(source) && isMap(source.source) ? source.source.principals : undefined;
      return Array.isArray(principals) ? principals.map(String) : ['everybody who fits the rest of the rule'];
    });
  });
  return [...new Set(callers)];
}
