/** Finds changes of files that are not applied to a cluster. */
import { PARTNERS_FOLDER } from '../../model/names';
import { PAGE } from '../read-items';
import type { RiskRule } from './risk-rule';

export const page: RiskRule = {
  name: 'page',
  risk: 'harmless',
  looksFor: 'a file that no cluster gets, such as README.md or files.lock',
  why: 'people read it, or the next synthesis does. Nothing applies it.',
  assess: ({ item: { kind, cluster } }) => (kind === PAGE && cluster !== PARTNERS_FOLDER ? ['no cluster gets it'] : []),
};
