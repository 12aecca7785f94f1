/** A Kubernetes cluster of one node, which can be started, rebooted and ended. */
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
import { NODE_NETWORK, type Switch } from './switch';

export interface ClusterProps {
  readonly name: string;
  /** From 1; decides the addresses of node and pods. */
  readonly number: number;
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

  constructor(private readonly props: ClusterProps) {
    const { name, number, stateFolder, programs } = props;
    this.name = name;
    this.folder = join(stateFolder, name);
    this.address = `${NODE_NETWORK.prefix}.${100 + number}`;
    this.kubeconfig = join(this.folder, 'admin.kubeconfig');
    this.kubectl = new Kubectl(programs.path('kubernetes', 'kubectl'), (command) => this.enter(command));
    this.services = {
      name,
      folder: this.folder,
      address: this.address,
      podPrefix: `10.244.${number}`,
      controlGroup: noteControlGroup(stateFolder, name),
      programs,
    };
  }

  get runs(): boolean {
    return this.namespaces !== undefined;
  }

  /** Machine that the node runs on; there is one from start to stop. */
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

  /** Kills every process of the node at once and boots it again from the same disk, with nothing in memory. */
  async reboot(): Promise<void> {
    await this.stop();
    await this.boot();
  }

  /** Ends the cluster and forgets everything it held; the next start begins with nothing. */
  async destroy(): Promise<void> {
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  async stop(): Promise<void> {
    const { namespaces } = this;
    this.namespaces = undefined;
    await namespaces?.stop();
    // They would outlive a machine that is switched off only here, and confuse the kubelet of the next boot.
    await removeControlGroups(this.services.controlGroup);
  }

  importImages(archive: string): Promise<void> {
    return importImages(this.node, archive);
  }

  /** Command line that runs another one with the cluster's network, and its context for kubectl and its like. */
  enter(command: readonly string[]): readonly string[] {
    return this.node.enterNetwork(['env', `KUBECONFIG=${this.kubeconfig}`, ...command]);
  }

  private get controlPlane(): ControlPlaneProps {
    return { folder: this.folder, address: this.address, programs: this.props.programs };
  }

  private async prepare(): Promise<void> {
    const { folder, address, name } = this;
    mkdirSync(folder, { recursive: true });
    await makeClusterPki(pkiFolder(folder), [
      ...controlPlaneIdentities(address),
      kubeletIdentity(name, address),
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
    await this.nodeReady(started);
    // It looks for its Node once, at its start.
    startFirewall(this.node, this.services);
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
  private async nodeReady(since: Date): Promise<void> {
    await waitFor(
      `node of ${this.name}`,
      async () => {
        this.node.checkPrograms();
        const { status } = await this.kubectl.get<KubernetesObject & { readonly status: NodeStatus }>([
          'node',
          this.name,
        ]);
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
