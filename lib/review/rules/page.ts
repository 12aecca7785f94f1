/** Finds changes of files that are not applied to a cluster. */
import { PARTNERS_FOLDER } from '../../model/names';
import { PAGE } from '../read-items';
import type { RiskRule } from './risk-rule';

export const page: RiskRule = {
  name: 'page',
  risk: 'harmless',
  looksFor: 'a file that is not applied to a cluster, such as README.md or files.lock',
  why: 'only people and the next synthesis read it.',
  assess: ({ item: { kind, cluster } }) =>
    kind === PAGE && cluster !== PARTNERS_FOLDER ? ['is not applied to a cluster'] : [],
};
