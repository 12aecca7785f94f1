/** Finds Services that get another IP family. A Service that exists cannot take one. */
import { fieldsNamed, type RiskRule } from './risk-rule';

export const serviceFamily: RiskRule = {
  name: 'service-family',
  risk: 'destructive',
  looksFor:
    'an existing Service that gets another IP family, or one where it named none and has the first family of its cluster',
  why: 'the API server refuses to change the first family. The apply fails until somebody deletes the Service, and its address is free until the Service is created again.',
  assess: (change) => {
    if (change.action !== 'changed') return [];
    const families = fieldsNamed(change, 'ipFamilies');
    const gone = families.map(({ before }) => before).filter(isFamily);
    const come = families.map(({ after }) => after).filter(isFamily);
    if (come.length === 0) return [];
    const from = gone.length === 0 ? 'unless that is the first family of its cluster' : `it was ${gone.join(', ')}`;
    return [
      `the API server refuses ${come.join(', ')} for a Service that exists, ${from}; the Service has to be deleted first`,
    ];
  },
};

function isFamily(value: unknown): value is string {
  return value === 'IPv4' || value === 'IPv6';
}
