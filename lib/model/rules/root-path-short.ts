/** Documents the rule against roots whose path length does not allow an intermediate. */
import { documentRule } from './rule';

export const rootPathShort = documentRule({
  code: 'root-path-short',
  severity: 'error',
  waivable: true,
  looksFor: 'a root whose path length has no room for an intermediate between it and the server',
  why: 'with an intermediate in the Secret, SPIRE starts and then refuses the CA that it was issued; smallstep makes such roots unless told otherwise.',
  source: 'spire pkg/server/ca/validation.go validateX509CA; spiffe/spire#5828; smallstep/crypto x509util/templates.go',
  example: { file: 'trust/cluster1.demo.pem', pathLength: 1, needed: 2, nested: false },
});
