/**
 * Documents the rule against private keys in files. Every reader looks for them before it parses a file: of the fleet
 * (fleet/private-key-problem.ts), of roots and of bundles (model/trust/). With a private key, there is nothing to resolve.
 */
import { documentRule } from './rule';

export const privateKeyInFile = documentRule({
  code: 'private-key-in-file',
  severity: 'error',
  looksFor: 'a private key in the fleet file, or in a file that it names',
  why: 'whoever can read the repository could sign SVIDs.',
  source: 'by design, the repository of a fleet holds no private key',
  example: { file: 'trust/cluster1.demo.pem' },
});
