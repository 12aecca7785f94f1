/** Reads the command line of `npm run test:live` and `npm run test:gitops`. */
import { parseArgs } from 'node:util';

export interface LiveOptions {
  /** Runs only the proofs whose name contains this. */
  readonly only: string;
  /** Leaves the clusters running until a signal comes. */
  readonly hold: boolean;
  /** Runs the proofs of Flux and Argo CD in place of all others. */
  readonly gitops: boolean;
  /** Whether a machine that is unfit is a failure. */
  readonly mustRun: boolean;
}

/** Throws, with a sentence for a person, for anything that it does not know. */
export function readOptions(args: readonly string[], environment: NodeJS.ProcessEnv): LiveOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      gitops: { type: 'boolean', default: false },
      hold: { type: 'boolean', default: false },
      only: { type: 'string', default: '' },
    },
  });
  return { ...values, mustRun: environment.CI !== undefined };
}
