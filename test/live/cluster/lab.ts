/** Owns everything that a run starts, so that all of it can be ended at once. */
import { join } from 'node:path';
import { makeStateFolder, removeStateFolder } from '../machine/state-folder';
import type { BuiltPrograms } from '../programs/built-programs';
import { Cluster } from './cluster';
import { Switch } from './switch';

export class Lab {
  private readonly started: Cluster[] = [];
  private stopping: Promise<void> | undefined;

  private constructor(
    readonly stateFolder: string,
    private readonly network: Switch,
  ) {}

  static async open(): Promise<Lab> {
    const stateFolder = makeStateFolder();
    try {
      return new Lab(stateFolder, await Switch.start());
    } catch (error) {
      removeStateFolder(stateFolder);
      throw error;
    }
  }

  /** Clusters in the order in which they were added. */
  get clusters(): readonly Cluster[] {
    return this.started;
  }

  /** A folder of the run; gone with it. */
  folder(name: string): string {
    return join(this.stateFolder, name);
  }

  /** A cluster, still to be started; its number decides its addresses. */
  addCluster(name: string, programs: BuiltPrograms): Cluster {
    const { stateFolder, network } = this;
    const number = this.started.length + 1;
    const cluster = new Cluster({ name, number, stateFolder, network, programs });
    this.started.push(cluster);
    return cluster;
  }

  /** Ends every process and removes every file of the run; a second call waits for the first. */
  close(): Promise<void> {
    this.stopping ??= (async () => {
      await Promise.all(this.started.map((cluster) => cluster.stop()));
      await this.network.stop();
      removeStateFolder(this.stateFolder);
    })();
    return this.stopping;
  }
}
