/** Finds changes of labels and annotations that no program reads. */
import { FINGERPRINTS_ANNOTATION } from '../../model/names';
import { isSubstantial, type RiskRule } from './risk-rule';

/** Any other key can mean something to a program that runs there. */
const INERT = /^app\.kubernetes\.io\//;

export const metadataOnly: RiskRule = {
  name: 'metadata-only',
  risk: 'harmless',
  looksFor: 'changes only in labels that name the application, or in the annotation with the fingerprints of a bundle',
  why: 'no program reads these. Any other label or annotation can have an effect.',
  assess: (change) => {
    const keys = change.leaves.map(({ path }) => path[2]);
    const inert = keys.every((key) => key === undefined || key === FINGERPRINTS_ANNOTATION || INERT.test(key));
    return change.fields.length > 0 && !isSubstantial(change) && inert ? ['only labels or annotations change'] : [];
  },
};
