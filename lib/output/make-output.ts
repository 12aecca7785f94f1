/** Takes the clusters of a fleet through building, checking and rendering, one after another. */
import type { ResolvedCluster } from '../model/resolved-fleet';
import { clusterOutput } from './cluster-output';
import { type AssembledOutput, OutputAssembly, type OutputAssemblyProps } from './output-assembly';

/** Hands on every file of a part of the output. */
export function makeOutput(props: OutputAssemblyProps): AssembledOutput {
  const assembly = new OutputAssembly(props);
  makeClusters(assembly.toMake(), assembly);
  return assembly.finish();
}

/** Makes the output of clusters, and adds it. */
export function makeClusters(clusters: Iterable<ResolvedCluster>, assembly: OutputAssembly): void {
  for (const cluster of clusters) assembly.add(cluster, clusterOutput(cluster, assembly.origin));
}
