/** Is the network between the nodes: a bridge in a namespace of its own, reachable from nowhere else. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readlinkSync } from 'node:fs';
import { run } from '../machine/command';
import { waitFor } from '../machine/wait';

/** Prefix of the walkthrough's addresses; nodes have theirs from 101 on, load balancers what the fleet says. */
export const NODE_NETWORK = { prefix: '172.16.17', length: 24 } as const;

export class Switch {
  private constructor(private readonly holder: ChildProcess) {}

  static async start(): Promise<Switch> {
    const own = readlinkSync('/proc/self/ns/net');
    const holder = spawn('setpriv', ['--pdeathsig=KILL', 'unshare', '--net', 'sleep', 'infinity'], { stdio: 'ignore' });
    await waitFor(
      'network namespace of the switch',
      async () => {
        const path = `/proc/${holder.pid}/ns/net`;
        if (!existsSync(path) || readlinkSync(path) === own) throw new Error('not yet');
      },
      { timeout: 10, interval: 0.05 },
    );
    const made = new Switch(holder);
    await made.inside(['ip', 'link', 'add', 'bridge', 'type', 'bridge']);
    await made.inside(['ip', 'link', 'set', 'bridge', 'up']);
    return made;
  }

  /** Plugs a node in: it gets eth0 with an address of the common network. */
  async connect(node: { readonly name: string; readonly pid: number; readonly address: string }): Promise<void> {
    const { name, pid, address } = node;
    await run([
      ...['ip', 'link', 'add', name, 'netns', String(this.holder.pid), 'type', 'veth'],
      ...['peer', 'name', 'eth0', 'netns', String(pid)],
    ]);
    await this.inside(['ip', 'link', 'set', name, 'master', 'bridge', 'up']);
    const atNode = (command: readonly string[]): Promise<string> =>
      run(['nsenter', `--target=${pid}`, '--net', '--', ...command]);
    await atNode(['ip', 'address', 'add', `${address}/${NODE_NETWORK.length}`, 'dev', 'eth0']);
    await atNode(['ip', 'link', 'set', 'eth0', 'up']);
    // There is nothing beyond, but programs look for the address of the default route.
    await atNode(['ip', 'route', 'add', 'default', 'via', `${NODE_NETWORK.prefix}.1`]);
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.holder.once('exit', resolve));
    if (this.holder.kill('SIGKILL')) await ended;
  }

  private inside(command: readonly string[]): Promise<string> {
    return run(['nsenter', `--target=${this.holder.pid}`, '--net', '--', ...command]);
  }
}
