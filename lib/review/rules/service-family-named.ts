/** Finds Services that now name the IP family that they already have. */
import type { RiskRule } from './risk-rule';
import { familiesOf, isNameOfSameFamily } from './service-family';

export const serviceFamilyNamed: RiskRule = {
  name: 'service-family-named',
  risk: 'harmless',
  looksFor: 'an existing Service that now sets the IP family that it already has',
  why: 'a Service without a family has the first family of its cluster, which is IPv4 almost everywhere.',
  assess: (change) =>
    isNameOfSameFamily(change)
      ? [
          `sets ${familiesOf(change).come.join(', ')}; if that is not the first family of the cluster, the API server refuses the change`,
        ]
      : [],
};
