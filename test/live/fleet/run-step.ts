/** Runs a command of dist/README.md as a person does: in a shell, in dist/, with kubectl on the path. */
import { dirname } from 'node:path';
import type { Cluster } from '../cluster/cluster';
import { type CommandResult, tryRun } from '../machine/command';

export interface StepProps {
  /** The folder that the commands are relative to. */
  readonly dist: string;
  /** Program kubectl. */
  readonly kubectl: string;
}

/** The longest wait among the commands is of five minutes. */
const TIMEOUT = 330;

export function tryStep(cluster: Cluster, line: string, { dist, kubectl }: StepProps): Promise<CommandResult> {
  return tryRun(cluster.enter(['sh', '-c', line]), {
    cwd: dist,
    env: { PATH: `${dirname(kubectl)}:${process.env.PATH}` },
    timeout: TIMEOUT,
  });
}
