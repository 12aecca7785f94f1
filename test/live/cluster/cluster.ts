/** Is one Kubernetes cluster of one node: starts it, reboots it, talks to it, ends it. */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type CommandOptions, type CommandResult, run, tryRun } from '../machine/command';
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
import {
  importImages,
  kubeletIdentity,
  type NodeServicesProps,
  startContainerd,
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
}

/** An object as kubectl prints it. */
export type KubernetesObject = Readonly<Record<string, unknown>> & {
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly [key: string]: unknown };
};

export class Cluster {
  readonly name: string;
  readonly folder: string;
  readonly address: string;
  readonly kubeconfig: string;
  private namespaces: Namespaces | undefined;
  private readonly services: NodeServicesProps;

  constructor(private readonly props: ClusterProps) {
    const { name, number, stateFolder, programs } = props;
    this.name = name;
    this.folder = join(stateFolder, name);
    this.address = `${NODE_NETWORK.prefix}.${100 + number}`;
    this.kubeconfig = join(this.folder, 'admin.kubeconfig');
    this.services = {
      name,
      folder: this.folder,
      address: this.address,
      podPrefix: `10.244.${number}`,
      controlGroup: noteControlGroup(stateFolder, name),
      programs,
    };
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
    const { folder, address, name } = this;
    await this.prepare();
    this.namespaces = await Namespaces.start({ name, folder });
    await this.props.network.connect({ name, pid: this.namespaces.pid, address });
    startApiServer(this.namespaces, { folder, address, programs: this.props.programs, apiServer });
    await this.apiReady();
  }

  private async prepare(): Promise<void> {
    const { folder, address, name } = this;
    mkdirSync(folder, { recursive: true });
    await makeClusterPki(pkiFolder(folder), [...controlPlaneIdentities(address), kubeletIdentity(name, address)]);
    writeKubeconfig(this.kubeconfig, [
      { name, server: apiServerUrl(address), pki: pkiFolder(folder), component: 'admin' },
    ]);
  }

  /** Pulls the plug and boots again from the same disk. */
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
    await this.namespaces?.stop();
    this.namespaces = undefined;
    // They would outlive a machine that is switched off only here, and confuse the kubelet of the next boot.
    removeControlGroups(this.services.controlGroup);
  }

  private async boot(): Promise<void> {
    const { folder, address, name } = this;
    makeControlGroups(this.services.controlGroup);
    this.namespaces = await Namespaces.start({ name, folder });
    await this.props.network.connect({ name, pid: this.namespaces.pid, address });
    const props: ControlPlaneProps = { folder, address, programs: this.props.programs };
    startApiServer(this.namespaces, props);
    await startContainerd(this.namespaces, this.services);
    await this.apiReady();
    startControllers(this.namespaces, props);
    startKubelet(this.namespaces, this.services);
    startKubeProxy(this.namespaces, this.services);
    await waitFor(
      `node ${name} Ready`,
      () => this.kubectl(['wait', '--for=condition=Ready', `node/${name}`, '--timeout=10s']),
      { timeout: 120 },
    );
  }

  private async apiReady(): Promise<void> {
    await waitFor(`API server of ${this.name}`, () => this.kubectl(['get', '--raw', '/readyz']), {
      timeout: 120,
      interval: 0.5,
    });
  }

  importImages(archive: string): Promise<void> {
    return importImages(this.node, archive);
  }

  /** Command line that runs another one with the cluster's network, kubectl and context at hand. */
  enter(command: readonly string[]): readonly string[] {
    return this.node.enterNetwork(['env', `KUBECONFIG=${this.kubeconfig}`, ...command]);
  }

  kubectl(args: readonly string[], options?: CommandOptions): Promise<string> {
    return run(this.enter([this.props.programs.path('kubernetes', 'kubectl'), ...args]), options);
  }

  tryKubectl(args: readonly string[], options?: CommandOptions): Promise<CommandResult> {
    return tryRun(this.enter([this.props.programs.path('kubernetes', 'kubectl'), ...args]), options);
  }

  /** One object, or the list that kubectl prints, parsed. */
  async get<Result = KubernetesObject>(args: readonly string[]): Promise<Result> {
    return JSON.parse(await this.kubectl(['get', ...args, '-o', 'json'])) as Result;
  }

  /** The objects of a list. */
  async list(args: readonly string[]): Promise<readonly KubernetesObject[]> {
    return (await this.get<{ readonly items: readonly KubernetesObject[] }>(args)).items;
  }

  /** Applies objects the way dist/ is applied: by the server, with nothing unknown in them. */
  apply(text: string): Promise<string> {
    return this.kubectl(['apply', '--server-side', '--validate=strict', '-f', '-'], { input: text });
  }

  /** Runs a program in a container; by the name of its Deployment, StatefulSet or pod. */
  exec(
    target: { readonly namespace: string; readonly workload: string; readonly container?: string },
    command: readonly string[],
    options?: CommandOptions,
  ): Promise<CommandResult> {
    const container = target.container === undefined ? [] : ['-c', target.container];
    return this.tryKubectl(['exec', '-n', target.namespace, target.workload, ...container, '--', ...command], options);
  }
}
