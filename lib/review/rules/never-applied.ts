/** Finds files that somebody put beside the output and that nothing applies. */
import { unlistedOf, wasNeverApplied } from './not-applied';
import { listed, type RiskRule } from './risk-rule';

export const neverApplied: RiskRule = {
  name: 'never-applied',
  risk: 'harmless',
  looksFor:
    'a file that came beside a kustomization, with objects that were not there before, and that it does not list',
  why: 'nothing applies it, whoever put it there.',
  assess: (change, trees) => {
    const news = unlistedOf(change).filter((name) => wasNeverApplied(name, change, trees));
    return news.length > 0 ? [`${listed(news)} came and is not listed: nothing applies it`] : [];
  },
};
