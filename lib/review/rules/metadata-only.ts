/** Finds changes of labels and annotations that no program reads. */
import { FINGERPRINTS_ANNOTATION } from '../../model/names';
import { isSubstantial, type RiskRule } from './risk-rule';

/** Any other key can mean something to a program that runs there. */
const INERT = /^app\.kubernetes\.io\//;

export const metadataOnly: RiskRule = {
  name: 'metadata-only',
  risk: 'harmless',
  looksFor: 'labels and annotations alone that name the application, or the fingerprints of a bundle',
  why: 'no program acts on them; any other label or annotation can have a meaning.',
  assess: (change) => {
    const keys = change.leaves.map(({ path }) => path[2]);
    const inert = keys.every((key) => key === undefined || key === FINGERPRINTS_ANNOTATION || INERT.test(key));
    return change.fields.length > 0 && !isSubstantial(change) && inert ? ['labels or annotations alone'] : [];
  },
};
