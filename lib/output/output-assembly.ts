/** Collects the output of the clusters of a fleet, and adds the files of the fleet as a whole. */

import { checkDelivery } from '../checks/check-delivery';
import type { OutputFault } from '../checks/output-fault';
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
  /** Faults that the checks found, sorted by file. If there is one, the files must not be published. */
  readonly faults: readonly OutputFault[];
  /** How many objects the files hold. */
  readonly objects: number;
}

export interface OutputAssemblyProps {
  readonly fleet: ResolvedFleet;
  /** Path of the fleet file. The first line of each output file names its last part. */
  readonly fleetFile: string;
  /** The output folder, from the folder of the fleet file. @default dist */
  readonly outputFromFleet?: string;
  /** Takes the files of one cluster, or those of the fleet as a whole, which come last. */
  readonly take: (files: readonly OutputFile[]) => void;
  /** The part of the output to make. @default - all of it */
  readonly selection?: Selection;
}

/** Keeps names of objects, not texts: its memory does not grow with the text of the files. */
export class OutputAssembly {
  /** Clusters of the part, in the order of the fleet. */
  readonly clusters: readonly ResolvedCluster[];
  /** Source and command that the first line of each file names. */
  readonly origin: Origin;
  private readonly faults: OutputFault[] = [];
  private readonly inventories = new Map<string, readonly InventoriedFile[]>();
  private readonly pool = new InventoryPool();
  private readonly paths = new Set<string>();
  private readonly selection: Selection;

  constructor(private readonly props: OutputAssemblyProps) {
    this.origin = originOf(props.fleetFile, props.outputFromFleet);
    this.selection = props.selection ?? WHOLE;
    this.clusters = props.fleet.clusters.filter(({ name }) => this.selection.includes(name));
  }

  add(cluster: ResolvedCluster, output: ClusterOutput): void {
    this.faults.push(...output.faults);
    this.inventories.set(cluster.name, this.pool.share(output.inventory));
    this.take(output.files);
  }

  /** Makes the files of the fleet as a whole. Call it once the output of every cluster of the part was added. */
  finish(): AssembledOutput {
    const objects = [...this.inventories.values()].flat().reduce((total, file) => total + file.objects.length, 0);
    if (this.faults.length === 0 && this.selection.fleetFiles) this.addFleetFiles(this.props.fleet);
    return { faults: this.faults.sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0)), objects };
  }

  private addFleetFiles(fleet: ResolvedFleet): void {
    const inventory = (cluster: ResolvedCluster): readonly InventoriedFile[] => this.inventoryOf(cluster);
    const delivery = buildDelivery(fleet, inventory);
    const paths = (): readonly string[] => fleet.clusters.flatMap((one) => pathsOf(one, inventory));
    this.faults.push(...checkDelivery(delivery, fleet, paths));
    const files = [
      ...renderFiles(delivery.manifests, delivery.kustomizations, this.origin),
      ...fleetPages(fleet, inventory, this.origin),
    ];
    this.take(withList(files, LIST_FILE, this.origin));
  }

  /** The pages of the fleet describe every cluster. A cluster of another part is built only for its inventory. */
  private inventoryOf(cluster: ResolvedCluster): readonly InventoriedFile[] {
    const known = this.inventories.get(cluster.name) ?? inventoryOf(buildCluster(cluster));
    this.inventories.set(cluster.name, known);
    return known;
  }

  private take(files: readonly OutputFile[]): void {
    for (const { path } of files) {
      // The second file would replace the first without a message.
      if (this.paths.has(path)) this.faults.push({ file: path, reason: 'is written twice' });
      this.paths.add(path);
    }
    if (this.faults.length === 0) this.props.take(files);
  }
}

/** Paths of the files that GitOps tools apply. */
function pathsOf(cluster: ResolvedCluster, inventory: InventoryOf): readonly string[] {
  const files = inventory(cluster);
  return [...files, ...kustomizationsOf(cluster.name, files)].map(({ path }) => path);
}

function fleetPages(fleet: ResolvedFleet, inventory: InventoryOf, origin: Origin): readonly OutputFile[] {
  const paths = { fleet: origin.fleetFile, output: origin.output };
  return [
    { path: 'README.md', text: renderPage(renderTopologyPage(fleet, inventory, paths), origin) },
    { path: LOCK_FILE, text: renderLock(fleet, origin) },
    ...partnerPages(fleet).map(({ path, text }) => ({ path, text: renderPage(text, origin) })),
  ];
}
