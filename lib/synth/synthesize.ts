/** From a fleet file to the text of every output file, all in memory: nothing is written before everything is known to be right. */
import { basename } from 'node:path';
import { loadFleet } from '../fleet/load';
import type { PreviousFleet } from '../model/previous-fleet';
import { resolve } from '../model/resolve';
import type { ResolvedCluster, ResolvedFleet } from '../model/resolved-fleet';
import type { Problem } from '../problems/problem';
import type { Source } from '../problems/render';
import { checkCluster } from './checks/check-cluster';
import { checkDelivery } from './checks/check-delivery';
import type { OutputFault } from './checks/fault';
import { buildCluster, istioFolder } from './cluster-app';
import { buildDelivery } from './delivery-app';
import { LOCK_FILE, renderLock } from './fleet-lock';
import { chartsOf } from './istio-charts';
import { kustomizationsOf } from './kustomizations';
import type { ManifestFile } from './manifest-file';
import { type OutputFile, renderManifests, renderPage } from './output-file';
import { partnerPages } from './partner-pages';
import { renderTopologyPage } from './topology-page';

/** Output, or what is wrong; warnings can come with output. */
export interface Synthesis {
  /** Undefined when a problem of severity error was found. */
  readonly output?: {
    readonly fleet: ResolvedFleet;
    /** Sorted by path. */
    readonly files: readonly OutputFile[];
    /** How many objects the files hold. */
    readonly objects: number;
  };
  readonly problems: readonly Problem[];
  /** What the checks of the output found; never empty only through a fault of this program, and then there is no output. */
  readonly faults: readonly OutputFault[];
  readonly source: Source;
}

/** What a synthesis may know beside the fleet; none of it changes the output, only the problems. */
export interface SynthesisWorld {
  /** Decides which certificates have expired. */
  readonly now: Date;
  /** Folder that the path of the fleet file is relative to. @default - the working folder */
  readonly folder?: string;
  /** What the last synthesis decided. @default - this is the first */
  readonly previous?: PreviousFleet;
}

/**
 * Synthesizes a fleet.
 * @param fleetFile path of the fleet file, as problems name it
 */
export function synthesize(fleetFile: string, { now, folder = '.', previous }: SynthesisWorld): Synthesis {
  const { fleet: written, source, problems: loadProblems, readTrustFile } = loadFleet(fleetFile, folder);
  if (written === undefined) {
    return { source, problems: loadProblems, faults: [] };
  }
  const { fleet, problems } = resolve(written, { readTrustFile, now, previous });
  if (fleet === undefined) {
    return { source, problems, faults: [] };
  }
  const manifests = new Map(fleet.clusters.map((cluster) => [cluster.name, buildCluster(cluster)]));
  const name = basename(fleetFile);
  const files = fleet.clusters.flatMap((cluster) => clusterFiles(cluster, manifests.get(cluster.name) ?? [], name));
  const delivery = buildDelivery(fleet, manifests);
  const faults = [
    ...fleet.clusters.flatMap((cluster) => checkCluster(cluster, manifests.get(cluster.name) ?? [])),
    ...checkDelivery(
      delivery,
      fleet.delivery,
      files.map(({ path }) => path),
    ),
  ];
  if (faults.length > 0) {
    return { source, problems, faults };
  }
  files.push(...render(delivery.manifests, delivery.kustomizations, name));
  files.push({ path: 'README.md', text: renderPage(renderTopologyPage(fleet, manifests), name) });
  files.push({ path: LOCK_FILE, text: renderLock(fleet, name) });
  files.push(...partnerPages(fleet).map(({ path, text }) => ({ path, text: renderPage(text, name) })));
  files.sort((a, b) => (a.path < b.path ? -1 : 1));
  const repeated = repeatedPaths(files);
  if (repeated.length > 0) {
    return { source, problems, faults: repeated };
  }
  const objects = [...manifests.values()].flat().reduce((total, file) => total + file.objects.length, 0);
  return { output: { fleet, files, objects }, problems, faults: [], source };
}

/** Two files of one path: the second would silently replace the first. */
function repeatedPaths(sorted: readonly OutputFile[]): readonly OutputFault[] {
  return sorted
    .filter(({ path }, index) => sorted[index + 1]?.path === path)
    .map(({ path }) => ({ file: path, reason: 'is written twice' }));
}

function clusterFiles(
  cluster: ResolvedCluster,
  manifests: readonly ManifestFile[],
  fleetFile: string,
): readonly OutputFile[] {
  const values = Object.entries(chartsOf(cluster)).map(([chart, content]) => ({
    path: `${istioFolder(cluster.name)}/${chart}.values.yaml`,
    content,
  }));
  return render(manifests, [...kustomizationsOf(cluster.name, manifests), ...values], fleetFile);
}

function render(
  manifests: readonly ManifestFile[],
  others: readonly { readonly path: string; readonly content: unknown }[],
  fleetFile: string,
): readonly OutputFile[] {
  return [
    ...manifests.map(({ path, objects }) => ({ path, text: renderManifests(objects, fleetFile) })),
    ...others.map(({ path, content }) => ({ path, text: renderManifests([content], fleetFile) })),
  ];
}
