/** Finds files beside the output that the fleet does not make and nothing applies. */
import { unlistedOf, wasNeverApplied } from './not-applied';
import { listed, type RiskRule } from './risk-rule';

export const neverApplied: RiskRule = {
  name: 'never-applied',
  risk: 'harmless',
  looksFor: 'a new file beside a kustomization that does not list it, with objects that were never applied',
  why: 'nothing applies the file.',
  assess: (change, trees) => {
    const news = unlistedOf(change).filter((name) => wasNeverApplied(name, change, trees));
    return news.length > 0 ? [`${listed(news)} was added but is not listed: nothing applies it`] : [];
  },
};
