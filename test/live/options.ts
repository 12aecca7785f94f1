/** Reads the command line of `npm run test:live` and its suites. */
import { parseArgs } from 'node:util';
import { isSuite, SUITES, type SuiteName } from './proofs/suites';

export interface LiveOptions {
  readonly suite: SuiteName;
  /** Runs only the proofs of the suite whose name matches this regular expression. */
  readonly only: string;
  /** Leaves the clusters running until a signal comes. */
  readonly hold: boolean;
  /** Prints how many of the programs are still to be built, such as `3 of 13`, and runs nothing. */
  readonly missing: boolean;
  /** Whether a machine that is unfit is a failure. */
  readonly mustRun: boolean;
}

/** Throws, with a sentence for a person, for anything that it does not know. */
export function readOptions(args: readonly string[], environment: NodeJS.ProcessEnv): LiveOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      hold: { type: 'boolean', default: false },
      missing: { type: 'boolean', default: false },
      only: { type: 'string', default: '' },
      suite: { type: 'string', default: 'walkthrough' },
    },
  });
  const { suite } = values;
  if (!isSuite(suite)) throw new Error(`no suite is named "${suite}"; there are: ${Object.keys(SUITES).join(', ')}`);
  return { ...values, suite, mustRun: environment.CI !== undefined };
}
