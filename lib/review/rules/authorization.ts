/** Finds callers that are admitted, or no longer. */
import { type Change, ELEMENT } from '../change';
import { fieldsNamed, isSubstantial, listed, type RiskRule, valueAt } from './risk-rule';

export const authorization: RiskRule = {
  name: 'authorization',
  risk: 'access',
  looksFor: 'an AuthorizationPolicy that came, went or admits others',
  why: 'it has the last word on who gets through; without any in front of them, pods admit everybody.',
  judge: (change) => {
    const { action, item } = change;
    if (item.kind !== 'AuthorizationPolicy' || !isSubstantial(change)) return [];
    const allows = (valueAt(item, 'spec', 'action') ?? 'ALLOW') === 'ALLOW';
    if (action === 'changed') return changedCallers(change, allows);
    if (action === 'added') {
      return [
        allows ? `only these get through to its pods: ${callersOf(item.content)}` : 'refuses callers that got through',
      ];
    }
    return [
      allows ? 'where no other policy selects the same pods, they admit everybody' : 'what it refused gets through',
    ];
  },
};

function changedCallers(change: Change, allows: boolean): readonly string[] {
  const callers = fieldsNamed(change, 'principals', 'notPrincipals', 'namespaces', 'ipBlocks').filter(
    ({ path }) => path.at(-1) === ELEMENT,
  );
  const come = callers.flatMap(({ after }) => after ?? []);
  const gone = callers.flatMap(({ before }) => before ?? []);
  return [
    ...(come.length > 0 ? [`begins to ${allows ? 'admit' : 'refuse'} ${listed(come)}`] : []),
    ...(gone.length > 0 ? [`no longer ${allows ? 'admits' : 'refuses'} ${listed(gone)}`] : []),
    ...(callers.length === 0 ? ['who gets through to which pods changes'] : []),
  ];
}

/** Principals anywhere in the policy. */
function callersOf(content: unknown): string {
  const found = JSON.stringify(content).match(/"principals":(\[[^\]]*\])/g) ?? [];
  const names = found.flatMap((text) => JSON.parse(text.slice('"principals":'.length)) as string[]);
  return names.length === 0 ? 'nobody' : listed(names);
}
