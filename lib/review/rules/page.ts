/** Finds changes of files that are not applied to a cluster. */
import { PARTNERS_FOLDER } from '../../model/names';
import { PAGE } from '../read-items';
import type { RiskRule } from './risk-rule';

export const page: RiskRule = {
  name: 'page',
  risk: 'harmless',
  looksFor: 'a file that people or the next synthesis read',
  why: 'nothing applies it; what it tells of is judged where it is.',
  assess: ({ item: { kind, cluster } }) => (kind === PAGE && cluster !== PARTNERS_FOLDER ? ['no cluster gets it'] : []),
};
