/** Puts the output of a fleet together from that of its clusters, whoever makes these, and hands on the files of each. */

import { checkDelivery } from '../checks/check-delivery';
import type { OutputFault } from '../checks/fault';
import { buildCluster } from '../manifests/cluster-app';
import { buildDelivery } from '../manifests/delivery-app';
import { type InventoriedFile, type InventoryOf, InventoryPool, inventoryOf } from '../manifests/inventory';
import { kustomizationsOf } from '../manifests/kustomizations';
import type { ResolvedCluster, ResolvedFleet } from '../model/resolved-fleet';
import { partnerPages } from '../pages/partner-pages';
import { renderTopologyPage } from '../pages/topology-page';
import { type ClusterOutput, renderFiles } from './cluster-output';
import { LOCK_FILE, renderLock } from './fleet-lock';
import { type Origin, type OutputFile, originOf, renderPage } from './output-file';
import { type Selection, WHOLE } from './selection';
import { LIST_FILE, withList } from './written-files';

export interface AssembledOutput {
  /** What the checks found in any cluster. Where there is one, what was handed on is not to be published. */
  readonly faults: readonly OutputFault[];
  /** How many objects the files hold. */
  readonly objects: number;
}

/** Takes what a run makes. */
export interface OutputReceiver {
  /**
   * Asked before a cluster is built.
   * @returns its inventory where the whole output of the cluster is known to be in place, and need not be made
   */
  readonly isInPlace?: (cluster: ResolvedCluster) => readonly InventoriedFile[] | undefined;
  /** Takes the output of one cluster, without faults. */
  readonly takeCluster?: (cluster: ResolvedCluster, output: ClusterOutput) => void;
  /** Takes the files of one cluster, or those of the fleet as a whole, which come last. */
  readonly take: (files: readonly OutputFile[]) => void;
}

export interface OutputAssemblyProps {
  readonly fleet: ResolvedFleet;
  /** Path of the fleet file; the files tell its last part. */
  readonly fleetFile: string;
  /** The output folder, from the folder of the fleet file. @default dist */
  readonly outputFromFleet?: string;
  readonly receiver: OutputReceiver;
  /** The part of the output that is put together. @default - all of it */
  readonly selection?: Selection;
}

/** Memory does not grow with the text of the files. */
export class OutputAssembly {
  /** What the first line of each file tells. */
  readonly origin: Origin;
  private readonly faults: OutputFault[] = [];
  private readonly inventories = new Map<string, readonly InventoriedFile[]>();
  private readonly pool = new InventoryPool();
  private readonly paths = new Set<string>();
  private readonly selection: Selection;

  constructor(private readonly props: OutputAssemblyProps) {
    this.origin = originOf(props.fleetFile, props.outputFromFleet);
    this.selection = props.selection ?? WHOLE;
  }

  /** Clusters of the part. */
  get clusters(): readonly ResolvedCluster[] {
    return this.props.fleet.clusters.filter(({ name }) => this.selection.includes(name));
  }

  /** Those whose output is to be made and added, in any order; each is asked for when it is its turn. */
  *toMake(): Generator<ResolvedCluster, void, undefined> {
    const { receiver } = this.props;
    for (const cluster of this.clusters) {
      const known = receiver.isInPlace?.(cluster);
      if (known === undefined) yield cluster;
      else this.inventories.set(cluster.name, known);
    }
  }

  add(cluster: ResolvedCluster, output: ClusterOutput): void {
    const inventory = this.pool.share(output.inventory);
    this.faults.push(...output.faults);
    this.inventories.set(cluster.name, inventory);
    this.take(output.files);
    if (output.faults.length === 0) this.props.receiver.takeCluster?.(cluster, { ...output, inventory });
  }

  /** Hands on the files of the fleet as a whole, once those of all clusters are added. */
  finish(): AssembledOutput {
    const objects = [...this.inventories.values()].flat().reduce((total, file) => total + file.objects.length, 0);
    if (this.faults.length === 0 && this.selection.fleetFiles) this.addFleetFiles(this.props.fleet);
    // Threads answer in any order.
    return { faults: this.faults.sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0)), objects };
  }

  private addFleetFiles(fleet: ResolvedFleet): void {
    const inventory = (cluster: ResolvedCluster): readonly InventoriedFile[] => this.inventoryOf(cluster);
    const delivery = buildDelivery(fleet, inventory);
    const paths = (): readonly string[] => fleet.clusters.flatMap((one) => pathsOf(one, inventory));
    this.faults.push(...checkDelivery(delivery, fleet.delivery, paths));
    const files = [
      ...renderFiles(delivery.manifests, delivery.kustomizations, this.origin),
      ...fleetPages(fleet, inventory, this.origin),
    ];
    this.take(withList(files, LIST_FILE, this.origin));
  }

  /** The pages tell of all clusters; those of other parts are built for it, and let go. */
  private inventoryOf(cluster: ResolvedCluster): readonly InventoriedFile[] {
    const known = this.inventories.get(cluster.name) ?? inventoryOf(buildCluster(cluster));
    this.inventories.set(cluster.name, known);
    return known;
  }

  private take(files: readonly OutputFile[]): void {
    for (const { path } of files) {
      // The second would silently replace the first.
      if (this.paths.has(path)) this.faults.push({ file: path, reason: 'is written twice' });
      this.paths.add(path);
    }
    if (this.faults.length === 0) this.props.receiver.take(files);
  }
}

/** Files that GitOps tools are led to. */
function pathsOf(cluster: ResolvedCluster, inventory: InventoryOf): readonly string[] {
  const files = inventory(cluster);
  return [...files, ...kustomizationsOf(cluster.name, files)].map(({ path }) => path);
}

function fleetPages(fleet: ResolvedFleet, inventory: InventoryOf, origin: Origin): readonly OutputFile[] {
  return [
    { path: 'README.md', text: renderPage(renderTopologyPage(fleet, inventory), origin) },
    { path: LOCK_FILE, text: renderLock(fleet, origin) },
    ...partnerPages(fleet).map(({ path, text }) => ({ path, text: renderPage(text, origin) })),
  ];
}
