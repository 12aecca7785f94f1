/** Finds Services that name the IP family which they have already. */
import type { RiskRule } from './risk-rule';
import { familiesOf, isNameOfSameFamily } from './service-family';

export const serviceFamilyNamed: RiskRule = {
  name: 'service-family-named',
  risk: 'harmless',
  looksFor: 'a Service that exists and names the IP family that it has already',
  why: 'a Service that names none has the first family of its cluster, which is IPv4 almost everywhere, and a load balancer gives it addresses of that family only.',
  assess: (change) =>
    isNameOfSameFamily(change)
      ? [
          `names ${familiesOf(change).come.join(', ')}, which the Service has unless its cluster has another first family; there the API server refuses the change`,
        ]
      : [],
};
