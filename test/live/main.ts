/** `npm run test:live` and its suites: apply dist/ to real clusters of real programs and prove what the fleet promises. */
import { missingRequirements, UnfitMachine } from './machine/requirements';
import { type LiveOptions, readOptions } from './options';
import { isBuilt } from './programs/build';
import { reasonOf } from './proofs/run-proofs';
import { SUITES } from './proofs/suites';
import { Progress } from './report/progress';
import { summaryOf } from './report/render-report';
import { chosenProofs, familiesFor, runLive } from './run-live';

async function main(options: LiveOptions): Promise<number> {
  if (chosenProofs(options).length === 0) {
    console.error(`no proof of the suite ${options.suite} has a name like "${options.only}"; there are:`);
    for (const { name } of SUITES[options.suite]) console.error(`  ${name}`);
    return 2;
  }
  if (options.missing) {
    console.log(await missingPrograms(options));
    return 0;
  }
  const missing = await missingRequirements();
  if (missing.length > 0) return skipOn(missing, options);
  try {
    const results = await runLive(options, new Progress());
    console.log(summaryOf(results));
    return results.every(({ status }) => status === 'passed') ? 0 : 1;
  } catch (error) {
    if (error instanceof UnfitMachine) return skipOn([error.message], options);
    throw error;
  }
}

/** Says what a machine lacks. In CI a proof that did not run is a proof that failed; elsewhere a machine may be unfit. */
function skipOn(lacks: readonly string[], { mustRun }: LiveOptions): number {
  for (const line of lacks) console.log(`live proof: ${line}`);
  console.log(mustRun ? '0 passed, 1 failed' : 'live proof skipped');
  return mustRun ? 1 : 0;
}

async function missingPrograms(options: LiveOptions): Promise<string> {
  const built = await Promise.all(familiesFor(chosenProofs(options)).map(isBuilt));
  return `${built.filter((is) => !is).length} of ${built.length}`;
}

/** Undefined after saying what is wrong with the command line. */
function options(): LiveOptions | undefined {
  try {
    return readOptions(process.argv.slice(2), process.env);
  } catch (error) {
    console.error(reasonOf(error));
    return undefined;
  }
}

const read = options();
if (read === undefined) {
  process.exitCode = 2;
} else {
  main(read).then(
    (code) => process.exit(code),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
}
