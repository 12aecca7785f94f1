/** Talks to one cluster through kubectl. */
import { type CommandOptions, type CommandResult, run, tryRun } from '../machine/command';

/** An object as kubectl prints it. */
export type KubernetesObject = Readonly<Record<string, unknown>> & {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly [key: string]: unknown };
};

/** A container of a pod, or of the first pod that a Deployment, DaemonSet or StatefulSet made. */
export interface ContainerTarget {
  readonly namespace: string;
  /** As kubectl takes it, such as `deployment/curl-greeter`. */
  readonly workload: string;
  /** @default - the pod's first */
  readonly container?: string;
}

export class Kubectl {
  /**
   * @param program path of kubectl
   * @param enter command line that runs another one where the API server can be reached, as a user of it
   */
  constructor(
    private readonly program: string,
    private readonly enter: (command: readonly string[]) => readonly string[],
  ) {}

  /** Command line of a call, to be run by others. */
  commandLine(args: readonly string[]): readonly string[] {
    return this.enter([this.program, ...args]);
  }

  run(args: readonly string[], options?: CommandOptions): Promise<string> {
    return run(this.commandLine(args), options);
  }

  tryRun(args: readonly string[], options?: CommandOptions): Promise<CommandResult> {
    return tryRun(this.commandLine(args), options);
  }

  /** Parses what `kubectl get` prints; fails where the object does not exist. */
  async get<Result = KubernetesObject>(args: readonly string[]): Promise<Result> {
    return JSON.parse(await this.run(['get', ...args, '-o', 'json'])) as Result;
  }

  /** The objects of a list, which may be empty. */
  async list(args: readonly string[]): Promise<readonly KubernetesObject[]> {
    return (await this.get<{ readonly items: readonly KubernetesObject[] }>(args)).items;
  }

  /** Applies objects the way dist/ is applied: by the server, with nothing unknown in them. */
  apply(text: string): Promise<string> {
    return this.run(['apply', '--server-side', '--validate=strict', '-f', '-'], { input: text });
  }

  /** Applies a folder with a kustomization. */
  applyFolder(folder: string): Promise<string> {
    return this.run(['apply', '--server-side', '-k', folder]);
  }

  /** Runs a program in a container; 137 and more are signals, 1 may also mean that kubectl did not get there. */
  exec(target: ContainerTarget, command: readonly string[], options?: CommandOptions): Promise<CommandResult> {
    const { namespace, workload, container } = target;
    return this.tryRun(
      [
        ...['exec', ...(options?.input === undefined ? [] : ['-i']), '-n', namespace, workload],
        ...(container === undefined ? [] : ['-c', container]),
        ...['--', ...command],
      ],
      options,
    );
  }

  /** The last lines of the logs of every container of a workload, or why there are none. */
  async logsOf({ namespace, workload }: ContainerTarget, lines: number): Promise<string> {
    const args = ['logs', '-n', namespace, workload, '--all-containers', `--tail=${lines}`, '--prefix'];
    const { stdout, stderr } = await this.tryRun(args, { timeout: 20 });
    return stdout || stderr;
  }
}
