/** Builds, checks and renders the clusters of a fleet, one after another. */
import { clusterOutput } from './cluster-output';
import { type AssembledOutput, OutputAssembly, type OutputAssemblyProps } from './output-assembly';

/** Makes every file of a part of the output. */
export function makeOutput(props: OutputAssemblyProps): AssembledOutput {
  const assembly = new OutputAssembly(props);
  for (const cluster of assembly.clusters) assembly.add(cluster, clusterOutput(cluster, assembly.origin));
  return assembly.finish();
}

/**
 * Like `makeOutput`, with a pause before each cluster and before the files of the fleet as a whole.
 * @param pause gets the number of finished clusters
 */
export async function makeOutputWithPauses(
  props: OutputAssemblyProps,
  pause: (made: number) => Promise<void>,
): Promise<AssembledOutput> {
  const assembly = new OutputAssembly(props);
  for (const [made, cluster] of assembly.clusters.entries()) {
    await pause(made);
    assembly.add(cluster, clusterOutput(cluster, assembly.origin));
  }
  await pause(assembly.clusters.length);
  return assembly.finish();
}
