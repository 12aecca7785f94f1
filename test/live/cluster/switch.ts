/** The network between the nodes: a bridge in its own network namespace, unreachable from outside. */
import { existsSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { Background } from '../machine/background';
import { run } from '../machine/command';
import { Hopeless, waitFor } from '../machine/wait';

/** Prefix of the walkthrough's addresses; nodes have theirs from 101 on, load balancers what the fleet says. */
export const NODE_NETWORK = { prefix: '172.16.17', length: 24 } as const;

export class Switch {
  private constructor(private readonly holder: Background) {}

  /** @param folder for its log */
  static async start(folder: string): Promise<Switch> {
    const command = ['setpriv', '--pdeathsig=KILL', 'unshare', '--net', 'sleep', 'infinity'];
    const made = new Switch(Background.start('switch', join(folder, 'switch.log'), command));
    try {
      await made.ready();
      await made.inside(['ip', 'link', 'add', 'bridge', 'type', 'bridge']);
      await made.inside(['ip', 'link', 'set', 'bridge', 'up']);
      return made;
    } catch (error) {
      await made.stop();
      throw error;
    }
  }

  /** Plugs a node in: it gets eth0 with an address of the common network. */
  async connect(node: { readonly name: string; readonly pid: number; readonly address: string }): Promise<void> {
    const { name, pid, address } = node;
    await run([
      ...['ip', 'link', 'add', name, 'netns', String(this.pid), 'type', 'veth'],
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

  stop(): Promise<void> {
    return this.holder.stop('SIGKILL');
  }

  private get pid(): number | undefined {
    return this.holder.process.pid;
  }

  private async ready(): Promise<void> {
    const own = readlinkSync('/proc/self/ns/net');
    await waitFor(
      'network namespace of the switch',
      async () => {
        const ended = this.holder.ended();
        if (ended !== undefined) throw new Hopeless(ended);
        const path = `/proc/${this.pid}/ns/net`;
        if (!existsSync(path) || readlinkSync(path) === own) throw new Error('not made yet');
      },
      { timeout: 10, interval: 0.05 },
    );
  }

  private inside(command: readonly string[]): Promise<string> {
    return run(['nsenter', `--target=${this.pid}`, '--net', '--', ...command]);
  }
}
