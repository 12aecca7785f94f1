/** The main job: synthesizes a fleet and publishes the output, or says what is wrong and publishes nothing. */
import { join, relative } from 'node:path';
import { problemAt } from '../problems/problem';
import { renderProblems } from '../problems/render';
import { synthesize } from '../synth/synthesize';
import { planTree, writeTree } from '../synth/write-tree';
import { type Environment, EXIT, type ExitCode } from './environment';

export interface PublishProps {
  /** Relative to the environment's folder. */
  readonly fleetFile: string;
  /** Relative to the environment's folder. */
  readonly outputFolder: string;
}

/** Never throws: what nobody foresaw is reported as a fault of this program. */
export function publish(props: PublishProps, environment: Environment): ExitCode {
  try {
    return synthesizeAndWrite(props, environment);
  } catch (error) {
    const { code, path, message } = error as NodeJS.ErrnoException;
    if (code !== undefined && path !== undefined) {
      environment.complain(`${props.outputFolder}/ cannot be written: ${message}`);
      return EXIT.problems;
    }
    environment.complain(
      `internal error: ${message}; this is a fault of cdk8s-spire, please report it with your fleet file`,
    );
    return EXIT.internal;
  }
}

function synthesizeAndWrite({ fleetFile, outputFolder }: PublishProps, environment: Environment): ExitCode {
  const { cwd, now, complain } = environment;
  const { output, problems, source } = synthesize(fleetFile, now, cwd);
  const plan = output && planTree(join(cwd, outputFolder), output.files);
  const foreign = plan?.foreign.map((path) => problemAt([], 'foreign-file', { file: join(outputFolder, path) })) ?? [];
  const all = [...problems, ...foreign];
  if (all.length > 0) {
    complain(renderProblems(all, source));
  }
  if (output === undefined || plan === undefined || foreign.length > 0) {
    const count = all.filter(({ severity }) => severity === 'error').length;
    complain(`${count} ${count === 1 ? 'problem' : 'problems'}; ${outputFolder}/ is unchanged`);
    return EXIT.problems;
  }
  const { written, removed, unchanged } = writeTree(join(cwd, outputFolder), plan);
  const { clusters } = output.fleet;
  complain(
    `${clusters.length} ${clusters.length === 1 ? 'cluster' : 'clusters'}, ${output.objects} objects: ` +
      `${written.length} files written, ${unchanged} unchanged, ${removed.length} removed in ${relative(cwd, join(cwd, outputFolder))}/`,
  );
  return EXIT.ok;
}
