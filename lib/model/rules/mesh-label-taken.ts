/** Documents the rule against labels that choose the identity of other pods. */
import { documentRule } from './rule';

export const meshLabelTaken = documentRule({
  code: 'mesh-label-taken',
  severity: 'error',
  looksFor: 'labels of pods from elsewhere that stand for another identity',
  why: 'the pods would fall under the rule of the gateway, or of the rest of the mesh, as well.',
  source: 'lib/model/names.ts IDENTITY_LABEL',
  example: { label: 'spiffe.io/spire-managed-identity', value: 'true' },
});
