/** A node that runs pods and no control plane, on a machine of its own. */
import { rmSync } from 'node:fs';
import { makeControlGroups, removeControlGroups } from '../machine/control-groups';
import { Namespaces } from '../machine/namespaces';
import { type NodeServicesProps, startContainerd, startFirewall, startKubelet, startKubeProxy } from './node-services';
import type { Switch } from './switch';

export class Worker {
  private namespaces: Namespaces | undefined;

  constructor(
    readonly props: NodeServicesProps,
    private readonly network: Switch,
  ) {}

  get name(): string {
    return this.props.name;
  }

  /** Its machine; there is one from start to stop. */
  get machine(): Namespaces {
    if (this.namespaces === undefined) throw new Error(`${this.name} does not run`);
    return this.namespaces;
  }

  /** Starts the machine with a kubelet that asks the API server for pods; returns before the node is ready. */
  async start(): Promise<void> {
    const { name, folder, address, controlGroup } = this.props;
    makeControlGroups(controlGroup);
    this.namespaces = new Namespaces({ name, folder });
    await this.namespaces.ready();
    await this.network.connect({ name, pid: this.machine.pid, address });
    await startContainerd(this.machine, this.props);
    startKubelet(this.machine, this.props);
    startKubeProxy(this.machine, this.props);
  }

  /** To be called when the API server has the Node: the firewall looks for it once, at its start. */
  startFirewall(): void {
    startFirewall(this.machine, this.props);
  }

  async stop(): Promise<void> {
    const { namespaces } = this;
    this.namespaces = undefined;
    await namespaces?.stop();
    await removeControlGroups(this.props.controlGroup);
  }

  /** Forgets what is on its disk. */
  destroy(): void {
    rmSync(this.props.folder, { recursive: true, force: true });
  }
}
