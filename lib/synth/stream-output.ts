/** Takes the clusters of a fleet through building, checking and rendering one after another, and hands on the files of each. */
import { basename } from 'node:path';
import type { ResolvedFleet } from '../model/resolved-fleet';
import type { OutputFault } from './checks/fault';
import { clusterOutput } from './cluster-output';
import { LOCK_FILE, renderLock } from './fleet-lock';
import type { InventoriedFile } from './inventory';
import { type OutputFile, renderPage } from './output-file';
import { partnerPages } from './partner-pages';
import { renderTopologyPage } from './topology-page';

export interface StreamedOutput {
  /** What the checks found in any cluster. Where there is one, what was handed on is not to be published. */
  readonly faults: readonly OutputFault[];
  /** How many objects the files hold. */
  readonly objects: number;
}

/** Takes the files of one cluster, or those of the fleet as a whole, which come last. */
export type ReceiveFiles = (files: readonly OutputFile[]) => void;

/**
 * Hands on every file of the output. Memory does not grow with the text of the files.
 * @param fleetFile path of the fleet file; the files tell its last part
 */
export function streamOutput(fleet: ResolvedFleet, fleetFile: string, receive: ReceiveFiles): StreamedOutput {
  const name = basename(fleetFile);
  const faults: OutputFault[] = [];
  const inventories = new Map<string, readonly InventoriedFile[]>();
  const paths = new Set<string>();
  const handOn: ReceiveFiles = (files) => {
    faults.push(...repeatedPaths(files, paths));
    if (faults.length === 0) receive(files);
  };
  for (const cluster of fleet.clusters) {
    const output = clusterOutput(cluster, name);
    faults.push(...output.faults);
    inventories.set(cluster.name, output.inventory);
    handOn(output.files);
  }
  if (faults.length === 0) handOn(fleetFiles(fleet, inventories, name));
  const objects = [...inventories.values()].flat().reduce((total, file) => total + file.objects.length, 0);
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

function fleetFiles(
  fleet: ResolvedFleet,
  inventories: ReadonlyMap<string, readonly InventoriedFile[]>,
  fleetFile: string,
): readonly OutputFile[] {
  return [
    { path: 'README.md', text: renderPage(renderTopologyPage(fleet, inventories), fleetFile) },
    { path: LOCK_FILE, text: renderLock(fleet, fleetFile) },
    ...partnerPages(fleet).map(({ path, text }) => ({ path, text: renderPage(text, fleetFile) })),
  ];
}
