/** Gives a machine of its own to each node: network, processes, mounts and name, all gone with one process. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Background } from './background';
import { type CommandOptions, type CommandResult, run, tryRun } from './command';
import { Hopeless, waitFor } from './wait';

export interface NamespacesProps {
  readonly name: string;
  /** Folder that outlives a restart; the node's disk. */
  readonly folder: string;
}

/** Folders of the node's disk, and `logs` of what runs on it. */
const DISK = ['kubelet', 'log', 'logs', 'tmp', 'var-lib', 'var-lib-work'] as const;

/**
 * Namespaces of a node while they live. Whatever was started in them ends with them.
 * - They exist from the constructor on, and can be stopped from then on; they can be entered once `ready` has returned.
 * - The kernel kills them when this process ends, however it ends.
 */
export class Namespaces {
  private readonly holder: Background;
  private readonly programs: Background[] = [];
  private first: number | undefined;

  constructor(private readonly props: NamespacesProps) {
    const { name, folder } = props;
    for (const part of DISK) mkdirSync(join(folder, part), { recursive: true });
    rmSync(this.readyFile, { force: true });
    const script = join(folder, 'machine.sh');
    writeFileSync(script, machineScript(name, folder, this.readyFile));
    this.holder = Background.start(`machine of ${name}`, join(folder, 'logs', 'machine.log'), [
      ...['setpriv', '--pdeathsig=KILL', 'unshare', '--mount', '--net', '--uts', '--ipc', '--pid', '--fork'],
      ...['--kill-child=KILL', '--mount-proc', '--propagation=private', 'sh', script],
    ]);
  }

  /** Returns when the machine has booted. */
  async ready(): Promise<void> {
    await waitFor(
      `machine of ${this.props.name}`,
      async () => {
        const ended = this.holder.ended();
        if (ended !== undefined) throw new Hopeless(ended);
        if (!existsSync(this.readyFile)) throw new Error('not booted yet');
      },
      { timeout: 10, interval: 0.05 },
    );
    const { pid } = this.holder.process;
    this.first = Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim());
  }

  /** The process that is number 1 inside, as this machine counts. */
  get pid(): number {
    if (this.first === undefined) throw new Error(`the machine of ${this.props.name} has not booted`);
    return this.first;
  }

  /** Command line that runs another one inside. */
  enter(command: readonly string[]): readonly string[] {
    return ['nsenter', `--target=${this.pid}`, '--mount', '--net', '--uts', '--ipc', '--pid', '--', ...command];
  }

  /** Command line that runs another one with the network of the node and the files of this machine. */
  enterNetwork(command: readonly string[]): readonly string[] {
    return ['nsenter', `--target=${this.pid}`, '--net', '--', ...command];
  }

  run(command: readonly string[], options?: CommandOptions): Promise<string> {
    return run(this.enter(command), options);
  }

  tryRun(command: readonly string[], options?: CommandOptions): Promise<CommandResult> {
    return tryRun(this.enter(command), options);
  }

  /** Starts a program that keeps running; its output goes to logs/<name>.log. */
  background(name: string, command: readonly string[]): void {
    const log = join(this.props.folder, 'logs', `${name}.log`);
    this.programs.push(Background.start(name, log, this.enter(command)));
  }

  /** Throws when a program that was started in the background runs no more. */
  checkPrograms(): void {
    for (const program of this.programs) {
      const ended = program.ended();
      if (ended !== undefined) throw new Hopeless(`${this.props.name}: ${ended}`);
    }
  }

  /** Ends everything inside, at once. */
  async stop(): Promise<void> {
    await this.holder.stop('SIGKILL');
    if (this.first === undefined) return;
    await waitFor(
      `end of process ${this.first}`,
      async () => {
        if (existsSync(`/proc/${this.first}`)) throw new Error('it is still there');
      },
      { timeout: 30, interval: 0.1 },
    );
  }

  private get readyFile(): string {
    return join(this.props.folder, 'ready');
  }
}

/** Brings the machine into being: memory for /run, the node's own disk where others write too, and a first process. */
function machineScript(name: string, folder: string, ready: string): string {
  return `set -e
hostname ${name}
# Bidirectional mounts, such as the CSI driver's, reach the pods only through shared ones.
mount --make-rshared /
mount -t tmpfs -o mode=755 tmpfs /run
mkdir -p /run/lock
mount -t overlay overlay -o lowerdir=/var/lib,upperdir=${folder}/var-lib,workdir=${folder}/var-lib-work /var/lib
mkdir -p /var/lib/kubelet
mount --bind ${folder}/kubelet /var/lib/kubelet
mount --bind ${folder}/log /var/log
mount --bind ${folder}/tmp /tmp
ip link set lo up
sysctl -qw net.ipv4.ip_forward=1
touch ${ready}
exec tini -- sleep infinity
`;
}
