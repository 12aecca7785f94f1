/** A Kubernetes cluster, which can be started, rebooted and ended. Its first node runs the control plane and pods. */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { makeControlGroups, removeControlGroups } from '../machine/control-groups';
import { Namespaces } from '../machine/namespaces';
import { noteControlGroup } from '../machine/state-folder';
import { waitFor } from '../machine/wait';
import type { BuiltPrograms } from '../programs/built-programs';
import {
  apiServerUrl,
  type ControlPlaneProps,
  controlPlaneIdentities,
  pkiFolder,
  startApiServer,
  startControllers,
} from './control-plane';
import { writeKubeconfig } from './kubeconfig';
import { Kubectl, type KubernetesObject } from './kubectl';
import {
  FIREWALL_IDENTITY,
  importImages,
  kubeletIdentity,
  type NodeServicesProps,
  startContainerd,
  startFirewall,
  startKubelet,
  startKubeProxy,
} from './node-services';
import { makeClusterPki } from './pki';
import { nodeAddress, podNetwork } from './pod-network';
import type { Switch } from './switch';
import { Worker } from './worker';

export interface ClusterProps {
  readonly name: string;
  /** From 1; decides the addresses of nodes and pods. */
  readonly number: number;
  /** Nodes beside the first one. @default 0 */
  readonly workers?: number;
  /** Folder of the run. */
  readonly stateFolder: string;
  readonly network: Switch;
  readonly programs: BuiltPrograms;
  /** Throws once the run is over: nothing may be started any more. */
  readonly checkOpen: () => void;
}

export class Cluster {
  readonly name: string;
  readonly folder: string;
  readonly address: string;
  readonly kubeconfig: string;
  readonly kubectl: Kubectl;
  private namespaces: Namespaces | undefined;
  private readonly services: NodeServicesProps;
  private readonly workers: readonly Worker[];

  constructor(private readonly props: ClusterProps) {
    const { name, number, stateFolder, programs, network, workers = 0 } = props;
    this.name = name;
    this.folder = join(stateFolder, name);
    this.address = nodeAddress(number, 0);
    this.kubeconfig = join(this.folder, 'admin.kubeconfig');
    this.kubectl = new Kubectl(programs.path('kubernetes', 'kubectl'), (command) => this.enter(command));
    this.services = this.servicesOf(name, 0);
    this.workers = Array.from(
      { length: workers },
      (_, index) => new Worker(this.servicesOf(`${name}-${index + 2}`, index + 1), network),
    );
  }

  get runs(): boolean {
    return this.namespaces !== undefined;
  }

  /** All nodes, the one with the control plane first. */
  get nodes(): readonly Pick<NodeServicesProps, 'name' | 'folder' | 'address' | 'pods'>[] {
    return this.nodeServices;
  }

  /** Machine of the first node; there is one from start to stop. */
  get node(): Namespaces {
    if (this.namespaces === undefined) throw new Error(`${this.name} does not run`);
    return this.namespaces;
  }

  /** Starts an empty cluster up to the point where its node takes pods. */
  async start(): Promise<void> {
    await this.prepare();
    await this.boot();
  }

  /** Starts etcd and an API server alone, for what never becomes a pod. */
  async startApiOnly(apiServer: string): Promise<void> {
    await this.prepare();
    await this.startMachine();
    startApiServer(this.node, { ...this.controlPlane, apiServer });
    await this.apiReady();
  }

  /** Kills every process of every node at once and boots them again from the same disks, with nothing in memory. */
  async reboot(): Promise<void> {
    await this.stop();
    await this.boot();
  }

  /** Ends the cluster and forgets everything it held; the next start begins with nothing. */
  async destroy(): Promise<void> {
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
    for (const worker of this.workers) worker.destroy();
  }

  async stop(): Promise<void> {
    const { namespaces } = this;
    this.namespaces = undefined;
    await Promise.all([namespaces?.stop(), ...this.workers.map((worker) => worker.stop())]);
    // They would outlive a machine that is switched off only here, and confuse the kubelet of the next boot.
    await removeControlGroups(this.services.controlGroup);
  }

  /** Imports the archive of an image, for the pods of the first node or of all. */
  async importImage(archive: string, { everywhere }: { readonly everywhere: boolean }): Promise<void> {
    const machines = everywhere ? this.machines : [this.node];
    await Promise.all(machines.map((machine) => importImages(machine, archive)));
  }

  /** Lets the nodes beside the first one take no pods but those of DaemonSets. */
  async closeWorkers(): Promise<void> {
    for (const { name } of this.workers) await this.kubectl.run(['cordon', name]);
  }

  async openWorkers(): Promise<void> {
    for (const { name } of this.workers) await this.kubectl.run(['uncordon', name]);
  }

  /** Command line that runs another one with the cluster's network, and its context for kubectl and its like. */
  enter(command: readonly string[]): readonly string[] {
    return this.node.enterNetwork(['env', `KUBECONFIG=${this.kubeconfig}`, ...command]);
  }

  private get nodeServices(): readonly NodeServicesProps[] {
    return [this.services, ...this.workers.map(({ props }) => props)];
  }

  private get machines(): readonly Namespaces[] {
    return [this.node, ...this.workers.map(({ machine }) => machine)];
  }

  private servicesOf(name: string, node: number): NodeServicesProps {
    const { number, stateFolder, programs } = this.props;
    return {
      name,
      folder: join(stateFolder, name),
      address: nodeAddress(number, node),
      apiServer: apiServerUrl(this.address),
      pki: pkiFolder(this.folder),
      pods: podNetwork(number, node),
      controlGroup: noteControlGroup(stateFolder, name),
      programs,
    };
  }

  private get controlPlane(): ControlPlaneProps {
    return { folder: this.folder, address: this.address, programs: this.props.programs };
  }

  private async prepare(): Promise<void> {
    const { folder, address, name } = this;
    mkdirSync(folder, { recursive: true });
    await makeClusterPki(pkiFolder(folder), [
      ...controlPlaneIdentities(address),
      ...this.nodeServices.map(kubeletIdentity),
      FIREWALL_IDENTITY,
    ]);
    const admin = { name, server: apiServerUrl(address), pki: pkiFolder(folder), component: 'admin' };
    writeKubeconfig(this.kubeconfig, admin);
  }

  private async startMachine(): Promise<void> {
    const { folder, address, name, props } = this;
    props.checkOpen();
    makeControlGroups(this.services.controlGroup);
    // Known before it has booted, so that a run that ends now ends it too.
    this.namespaces = new Namespaces({ name, folder });
    await this.namespaces.ready();
    await props.network.connect({ name, pid: this.node.pid, address });
  }

  private async boot(): Promise<void> {
    const started = new Date();
    await this.startMachine();
    startApiServer(this.node, this.controlPlane);
    await startContainerd(this.node, this.services);
    await this.apiReady();
    startControllers(this.node, this.controlPlane);
    startKubelet(this.node, this.services);
    startKubeProxy(this.node, this.services);
    await Promise.all(this.workers.map((worker) => this.startWorker(worker)));
    await this.connectPods();
    for (const { name } of this.nodes) await this.nodeReady(name, started);
    // It looks for its Node once, at its start.
    startFirewall(this.node, this.services);
    for (const worker of this.workers) worker.startFirewall();
  }

  private startWorker(worker: Worker): Promise<void> {
    this.props.checkOpen();
    return worker.start();
  }

  /** Tells every node behind which other node the pods with some address are. */
  private async connectPods(): Promise<void> {
    for (const [index, machine] of this.machines.entries()) {
      for (const { pods, address } of this.nodes.filter((_, other) => other !== index)) {
        await machine.run(['ip', 'route', 'add', `${pods.prefix}.0/24`, 'via', address]);
      }
    }
  }

  private async apiReady(): Promise<void> {
    await waitFor(
      `API server of ${this.name}`,
      () => {
        this.node.checkPrograms();
        return this.kubectl.run(['get', '--raw', '/readyz']);
      },
      { timeout: 120, interval: 0.5 },
    );
  }

  /** Ready by a heartbeat of this boot: after a reboot the API server remembers the last one. */
  private async nodeReady(name: string, since: Date): Promise<void> {
    await waitFor(
      `node ${name}`,
      async () => {
        this.node.checkPrograms();
        const { status } = await this.kubectl.get<KubernetesObject & { readonly status: NodeStatus }>(['node', name]);
        const ready = status.conditions.find(({ type }) => type === 'Ready');
        const fresh = ready !== undefined && new Date(ready.lastHeartbeatTime).getTime() + 1000 > since.getTime();
        if (ready?.status !== 'True' || !fresh) throw new Error(`it is ${JSON.stringify(ready)}`);
      },
      { timeout: 120, interval: 0.5 },
    );
  }
}

interface NodeStatus {
  readonly conditions: readonly {
    readonly type: string;
    readonly status: string;
    readonly lastHeartbeatTime: string;
  }[];
}
