/** Finds partners whose operators have to hear of the change. */
import { PARTNERS_FOLDER } from '../../model/names';
import type { RiskRule } from './risk-rule';

export const partnerPage: RiskRule = {
  name: 'partner-page',
  risk: 'trust',
  looksFor: 'a page for the operator of a partner that was added, removed or changed',
  why: 'nothing applies the page. The partner changes nothing until its operator gets it.',
  assess: ({ action, item }) =>
    item.cluster === PARTNERS_FOLDER
      ? [
          action === 'removed'
            ? 'tell its operator that they are no longer a partner of this fleet'
            : 'send it to its operator; their side does not change by itself',
        ]
      : [],
};
