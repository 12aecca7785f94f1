/** Finds partners whose operators must be told of the change. */
import { PARTNERS_FOLDER } from '../../model/names';
import type { RiskRule } from './risk-rule';

export const partnerPage: RiskRule = {
  name: 'partner-page',
  risk: 'trust',
  looksFor: 'a page for the operator of a partner that was added, removed or changed',
  why: 'the page is not applied. Nothing changes at the partner until its operator gets the page.',
  assess: ({ action, item }) =>
    item.cluster === PARTNERS_FOLDER
      ? [
          action === 'removed'
            ? 'tell its operator that it is no longer a partner of this fleet'
            : 'send it to its operator, who has to change the side of the partner',
        ]
      : [],
};
