/** Finds changes of what an object says of itself alone. */
import { isSubstantial, type RiskRule } from './risk-rule';

export const metadataOnly: RiskRule = {
  name: 'metadata-only',
  risk: 'harmless',
  looksFor: 'labels and annotations alone',
  why: 'where one has a meaning, as on a Namespace or a Service, another rule says so.',
  judge: (change) => (change.fields.length > 0 && !isSubstantial(change) ? ['labels or annotations alone'] : []),
};
