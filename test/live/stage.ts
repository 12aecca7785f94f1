/** What the proofs work with: clusters with the applied fleet, the resolved fleet, and the built programs. */
import { join } from 'node:path';
import type { ResolvedCluster, ResolvedFleet } from '../../lib/model/resolved-fleet';
import type { Cluster } from './cluster/cluster';
import type { Lab } from './cluster/lab';
import { SpireServerCommand } from './cluster/spire-server';
import type { SecretFiles } from './fleet/apply-fleet';
import type { IstioInstallation } from './fleet/install-istio';
import { tryStep } from './fleet/run-step';
import { type Walkthrough, walkthroughOf } from './fleet/walkthrough';
import type { WorkFleet } from './fleet/work-fleet';
import type { CommandResult } from './machine/command';
import type { Materials } from './materials';
import type { BuiltPrograms } from './programs/built-programs';

export interface StageProps {
  readonly lab: Lab;
  readonly clusters: readonly Cluster[];
  readonly fleet: WorkFleet;
  readonly materials: Materials;
  readonly istio: IstioInstallation;
  /** Starts a cluster that holds nothing, up to the point where the fleet can be applied. */
  readonly start: (cluster: Cluster) => Promise<void>;
  /** Applies the fleet to a cluster for the first time, by the commands of dist/README.md. */
  readonly apply: (cluster: Cluster, trustDomain: string, secretFiles: SecretFiles) => Promise<void>;
}

export class Stage {
  /** The walkthrough as the unchanged fleet has it. */
  readonly walkthrough: Walkthrough;
  /** When the fleet was last applied to the clusters, in milliseconds since the epoch. */
  appliedAt = Date.now();

  constructor(private readonly props: StageProps) {
    this.walkthrough = walkthroughOf(this.resolveFleet());
  }

  get lab(): Lab {
    return this.props.lab;
  }

  get fleet(): WorkFleet {
    return this.props.fleet;
  }

  get materials(): Materials {
    return this.props.materials;
  }

  get programs(): BuiltPrograms {
    return this.props.materials.programs;
  }

  get istio(): IstioInstallation {
    return this.props.istio;
  }

  get clusters(): readonly Cluster[] {
    return this.props.clusters;
  }

  findCluster(name: string): Cluster {
    const cluster = this.clusters.find((candidate) => candidate.name === name);
    if (cluster === undefined) throw new Error(`no cluster is named ${name}`);
    return cluster;
  }

  /** What is decided about the fleet as it is now, from which the manifests are made. */
  resolveFleet(): ResolvedFleet {
    return this.fleet.resolve();
  }

  resolveCluster({ name }: Cluster): ResolvedCluster {
    const found = this.resolveFleet().clusters.find((cluster) => cluster.name === name);
    if (found === undefined) throw new Error(`the fleet has no ${name}`);
    return found;
  }

  /** The SPIRE server of a cluster: the one with a number, or any. */
  spireServer(cluster: Cluster, server?: number): SpireServerCommand {
    return new SpireServerCommand(cluster, this.resolveCluster(cluster).spire.serverNamespace, server);
  }

  /** Runs a command of dist/README.md. */
  tryStep(cluster: Cluster, line: string): Promise<CommandResult> {
    return tryStep(cluster, line, { dist: this.fleet.dist, kubectl: this.programs.path('kubernetes', 'kubectl') });
  }

  /** Applies dist/ to every cluster again, as it is now. */
  async applyAll(): Promise<void> {
    for (const { kubectl, name } of this.clusters) await kubectl.applyFolder(join(this.fleet.dist, name));
    this.appliedAt = Date.now();
  }

  /** Applies the fleet to an empty cluster, with these files in Secrets beside the intermediate CA. */
  apply(cluster: Cluster, secretFiles: SecretFiles = {}): Promise<void> {
    return this.props.apply(cluster, this.resolveCluster(cluster).trustDomain, secretFiles);
  }

  /** Starts a cluster anew, empty. */
  startAgain(cluster: Cluster): Promise<void> {
    return this.props.start(cluster);
  }
}
