/** Takes the clusters of a fleet through building, checking and rendering one after another, and hands on the files of each. */
import { basename } from 'node:path';
import type { ResolvedCluster, ResolvedFleet } from '../model/resolved-fleet';
import { checkDelivery } from './checks/check-delivery';
import type { OutputFault } from './checks/fault';
import { buildCluster } from './cluster-app';
import { type ClusterOutput, clusterOutput, renderFiles } from './cluster-output';
import { buildDelivery } from './delivery-app';
import { LOCK_FILE, renderLock } from './fleet-lock';
import { type InventoriedFile, type InventoryOf, inventoryOf } from './inventory';
import { kustomizationsOf } from './kustomizations';
import { type OutputFile, renderPage } from './output-file';
import { partnerPages } from './partner-pages';
import { WHOLE } from './selection';
import { renderTopologyPage } from './topology-page';

export interface StreamedOutput {
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

/**
 * Hands on every file of a part of the output. Memory does not grow with the text of the files.
 * @param fleetFile path of the fleet file; the files tell its last part
 */
export function streamOutput(
  fleet: ResolvedFleet,
  fleetFile: string,
  receiver: OutputReceiver,
  selection = WHOLE,
): StreamedOutput {
  const name = basename(fleetFile);
  const faults: OutputFault[] = [];
  const inventories = new Map<string, readonly InventoriedFile[]>();
  const paths = new Set<string>();
  const take = (files: readonly OutputFile[]): void => {
    faults.push(...repeatedPaths(files, paths));
    if (faults.length === 0) receiver.take(files);
  };
  for (const cluster of fleet.clusters.filter((one) => selection.includes(one.name))) {
    const known = receiver.isInPlace?.(cluster);
    if (known !== undefined) {
      inventories.set(cluster.name, known);
      continue;
    }
    const output = clusterOutput(cluster, name);
    faults.push(...output.faults);
    inventories.set(cluster.name, output.inventory);
    take(output.files);
    if (output.faults.length === 0) receiver.takeCluster?.(cluster, output);
  }
  const objects = [...inventories.values()].flat().reduce((total, file) => total + file.objects.length, 0);
  if (faults.length === 0 && selection.fleetFiles) {
    // The pages tell of all clusters; those of other parts are built for it, and let go.
    const inventory = (cluster: ResolvedCluster): readonly InventoriedFile[] => {
      const known = inventories.get(cluster.name) ?? inventoryOf(buildCluster(cluster));
      inventories.set(cluster.name, known);
      return known;
    };
    const delivery = buildDelivery(fleet, inventory);
    faults.push(
      ...checkDelivery(delivery, fleet.delivery, () => fleet.clusters.flatMap((one) => pathsOf(one, inventory))),
    );
    take([...renderFiles(delivery.manifests, delivery.kustomizations, name), ...fleetPages(fleet, inventory, name)]);
  }
  return { faults, objects };
}

/** Two files of one path: the second would silently replace the first. */
function repeatedPaths(files: readonly OutputFile[], seen: Set<string>): readonly OutputFault[] {
  return files.flatMap(({ path }) => {
    const repeated = seen.has(path);
    seen.add(path);
    return repeated ? [{ file: path, reason: 'is written twice' }] : [];
  });
}

/** Files that GitOps tools are led to. */
function pathsOf(cluster: ResolvedCluster, inventory: InventoryOf): readonly string[] {
  const files = inventory(cluster);
  return [...files, ...kustomizationsOf(cluster.name, files)].map(({ path }) => path);
}

function fleetPages(fleet: ResolvedFleet, inventory: InventoryOf, fleetFile: string): readonly OutputFile[] {
  return [
    { path: 'README.md', text: renderPage(renderTopologyPage(fleet, inventory), fleetFile) },
    { path: LOCK_FILE, text: renderLock(fleet, fleetFile) },
    ...partnerPages(fleet).map(({ path, text }) => ({ path, text: renderPage(text, fleetFile) })),
  ];
}
