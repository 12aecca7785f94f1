/** Owns everything that a run starts, so that all of it can be ended at once. */
import { join } from 'node:path';
import { Namespaces } from '../machine/namespaces';
import { makeStateFolder, removeStateFolder } from '../machine/state-folder';
import type { BuiltPrograms } from '../programs/built-programs';
import { Cluster } from './cluster';
import { Switch } from './switch';

export class Lab {
  private readonly added: Cluster[] = [];
  private readonly machines: Namespaces[] = [];
  private closing: Promise<void> | undefined;

  private constructor(
    private readonly stateFolder: string,
    private readonly network: Switch,
  ) {}

  static async open(): Promise<Lab> {
    const stateFolder = await makeStateFolder();
    try {
      return new Lab(stateFolder, await Switch.start(stateFolder));
    } catch (error) {
      await removeStateFolder(stateFolder);
      throw error;
    }
  }

  /** Clusters that run, in the order in which they were added. */
  get clusters(): readonly Cluster[] {
    return this.added.filter(({ runs }) => runs);
  }

  /** A folder of the run; gone with it. */
  folder(name: string): string {
    return join(this.stateFolder, name);
  }

  /** A cluster, still to be started; its number decides its addresses. @param workers nodes beside the first one */
  addCluster(name: string, programs: BuiltPrograms, workers = 0): Cluster {
    const cluster = new Cluster({
      name,
      number: this.added.length + 1,
      workers,
      stateFolder: this.stateFolder,
      network: this.network,
      programs,
      checkOpen: () => {
        if (this.closing !== undefined) throw new Error('the run is ending');
      },
    });
    this.added.push(cluster);
    return cluster;
  }

  /** A machine without a cluster, on the common network. */
  async addMachine(name: string, address: string): Promise<Namespaces> {
    if (this.closing !== undefined) throw new Error('the run is ending');
    const machine = new Namespaces({ name, folder: this.folder(name) });
    this.machines.push(machine);
    await machine.ready();
    // Names of network interfaces are of 15 characters at most.
    await this.network.connect({ name: `machine${this.machines.length}`, pid: machine.pid, address });
    return machine;
  }

  /** Ends every process and removes every file of the run; a second call waits for the first. */
  close(): Promise<void> {
    this.closing ??= this.end();
    return this.closing;
  }

  /** Goes on after a failure: what can be ended is. */
  private async end(): Promise<void> {
    const ended = await Promise.allSettled([
      ...[...this.added, ...this.machines].map((machine) => machine.stop()),
      this.network.stop(),
    ]);
    ended.push(...(await Promise.allSettled([removeStateFolder(this.stateFolder)])));
    const failures = ended.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as unknown] : []));
    if (failures.length > 0) throw new AggregateError(failures, 'not everything of the run could be removed');
  }
}
