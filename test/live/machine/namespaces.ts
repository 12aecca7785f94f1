/** Gives a machine of its own to each node: network, processes, mounts and name, all gone with one process. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CommandOptions, type CommandResult, run, tryRun } from './command';
import { waitFor } from './wait';

export interface NamespacesProps {
  readonly name: string;
  /** Folder that outlives a restart; the node's disk. */
  readonly folder: string;
}

/** Namespaces of a node while they live. Whatever was started in them ends with them, also when this process is killed. */
export class Namespaces {
  private constructor(
    private readonly holder: ChildProcess,
    /** Process that is number 1 inside, as this machine counts. */
    readonly pid: number,
    private readonly folder: string,
  ) {}

  static async start({ name, folder }: NamespacesProps): Promise<Namespaces> {
    for (const part of ['kubelet', 'log', 'logs', 'tmp', 'var-lib', 'var-lib-work']) {
      mkdirSync(join(folder, part), { recursive: true });
    }
    const ready = join(folder, 'ready');
    rmSync(ready, { force: true });
    const script = join(folder, 'machine.sh');
    writeFileSync(script, machineScript(name, folder, ready));
    // The kernel kills the holder when this process ends, however it ends; with it goes everything inside.
    const holder = spawn(
      'setpriv',
      [
        '--pdeathsig=KILL',
        ...['unshare', '--mount', '--net', '--uts', '--ipc', '--pid', '--fork', '--kill-child=KILL'],
        ...['--mount-proc', '--propagation=private', 'sh', script],
      ],
      { stdio: ['ignore', 'ignore', openSync(join(folder, 'logs', 'machine.log'), 'a')] },
    );
    await waitFor(
      `namespaces of ${name}`,
      async () => {
        if (holder.exitCode !== null) throw new Error(readFileSync(join(folder, 'logs', 'machine.log'), 'utf8'));
        if (!existsSync(ready)) throw new Error('not yet');
      },
      { timeout: 10, interval: 0.05 },
    );
    const children = readFileSync(`/proc/${holder.pid}/task/${holder.pid}/children`, 'utf8').trim();
    return new Namespaces(holder, Number(children), folder);
  }

  /** Command line that runs another one inside. */
  enter(command: readonly string[]): readonly string[] {
    return [
      ...['nsenter', `--target=${this.pid}`],
      ...['--mount', '--net', '--uts', '--ipc', '--pid'],
      '--',
      ...command,
    ];
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
  background(name: string, command: readonly string[]): ChildProcess {
    const log = openSync(join(this.folder, 'logs', `${name}.log`), 'a');
    const [program = '', ...args] = this.enter(command);
    return spawn(program, args, { stdio: ['ignore', log, log] });
  }

  /** Ends everything inside, at once: like pulling the plug. */
  async stop(): Promise<void> {
    const ended = this.holder.exitCode !== null || this.holder.signalCode !== null;
    this.holder.kill('SIGKILL');
    if (!ended) await new Promise((resolve) => this.holder.once('exit', resolve));
    await waitFor(
      `end of process ${this.pid}`,
      async () => {
        if (existsSync(`/proc/${this.pid}`)) throw new Error('still there');
      },
      { timeout: 30, interval: 0.1 },
    );
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
