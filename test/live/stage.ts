/** Holds what the proofs look at: two clusters with the fleet applied, and the programs to ask them with. */
import { join } from 'node:path';
import { loadFleet } from '../../lib/fleet/load';
import { resolve } from '../../lib/model/resolve';
import type { ResolvedCluster, ResolvedFleet } from '../../lib/model/resolved-fleet';
import type { Cluster } from './cluster/cluster';
import type { Lab } from './cluster/lab';
import type { IstioInstallation } from './fleet/install-istio';
import type { WorkFleet } from './fleet/work-fleet';
import { lastLines } from './machine/command';
import type { Materials } from './materials';
import type { BuiltPrograms } from './programs/built-programs';
import type { LogSource } from './proofs/proof';

export interface StageProps {
  readonly lab: Lab;
  readonly clusters: readonly Cluster[];
  readonly fleet: WorkFleet;
  readonly materials: Materials;
  readonly istio: IstioInstallation;
  /** Starts a cluster that holds nothing, up to the point where the fleet can be applied. */
  readonly start: (cluster: Cluster) => Promise<void>;
}

export class Stage {
  /** When the fleet was last applied to the clusters, in milliseconds since the epoch. */
  appliedAt = Date.now();

  constructor(readonly props: StageProps) {}

  get lab(): Lab {
    return this.props.lab;
  }

  get fleet(): WorkFleet {
    return this.props.fleet;
  }

  get programs(): BuiltPrograms {
    return this.props.materials.programs;
  }

  get clusters(): readonly Cluster[] {
    return this.props.clusters;
  }

  /** Applies dist/ to every cluster again, as it is now. */
  async applyAll(): Promise<void> {
    for (const cluster of this.clusters) {
      await cluster.kubectl(['apply', '--server-side', '-k', join(this.fleet.dist, cluster.name)]);
    }
    this.appliedAt = Date.now();
  }

  /** Creates the Secrets that the fleet asks for, as far as they are missing. */
  async provideSecrets(cluster: Cluster): Promise<void> {
    const { trustDomain, requiredSecrets } = this.promisedOf(cluster);
    const { certificate, key } = this.fleet.intermediateOf(trustDomain);
    for (const { namespace, name } of requiredSecrets) {
      const exists = await cluster.tryKubectl(['get', 'secret', name, '-n', namespace]);
      if (exists.code === 0) continue;
      await cluster.kubectl([
        'create',
        'secret',
        'tls',
        name,
        '-n',
        namespace,
        `--cert=${certificate}`,
        `--key=${key}`,
      ]);
    }
  }

  findCluster(name: string): Cluster {
    const cluster = this.clusters.find((candidate) => candidate.name === name);
    if (cluster === undefined) throw new Error(`no cluster is named ${name}`);
    return cluster;
  }

  /** What the fleet promises, as the manifests were made from it. */
  promised(): ResolvedFleet {
    const { fleet: written, readTrustFile } = loadFleet(this.fleet.fleetFile);
    if (written === undefined) throw new Error(`${this.fleet.fleetFile} cannot be read`);
    const { fleet } = resolve(written, { readTrustFile, now: new Date() });
    if (fleet === undefined) throw new Error(`${this.fleet.fleetFile} cannot be resolved`);
    return fleet;
  }

  promisedOf(cluster: Cluster): ResolvedCluster {
    const found = this.promised().clusters.find(({ name }) => name === cluster.name);
    if (found === undefined) throw new Error(`the fleet has no ${cluster.name}`);
    return found;
  }

  defaultLogs(): readonly LogSource[] {
    return this.clusters.flatMap(({ name: cluster }) => [
      { cluster, namespace: 'spire-server', workload: 'statefulset/spire-server' },
      { cluster, namespace: 'spire-system', workload: 'daemonset/spire-agent' },
      { cluster, namespace: 'istio-system', workload: 'deployment/istiod' },
    ]);
  }

  async logsOf({ cluster, namespace, workload }: LogSource): Promise<string> {
    const { stdout, stderr } = await this.findCluster(cluster).tryKubectl(
      ['logs', '-n', namespace, workload, '--all-containers', '--tail=40', '--prefix'],
      { timeout: 20 },
    );
    return `--- ${cluster} ${namespace} ${workload}\n${lastLines(stdout || stderr, 60)}`;
  }
}
