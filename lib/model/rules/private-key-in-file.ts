/** Documents the rule against private keys where certificates belong. */
import { documentRule } from './rule';

export const privateKeyInFile = documentRule({
  code: 'private-key-in-file',
  severity: 'error',
  looksFor: 'a private key in the fleet or in a file that it names',
  why: 'whoever reads the repository could sign identities.',
  source: 'dist/ holds no secret by design',
  example: { file: 'trust/cluster1.demo.pem' },
});
