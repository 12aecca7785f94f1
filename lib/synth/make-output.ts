/** Takes the clusters of a fleet through building, checking and rendering, one after another. */
import { clusterOutput } from './cluster-output';
import { type AssembledOutput, OutputAssembly, type OutputAssemblyProps } from './output-assembly';

/** Hands on every file of a part of the output. */
export function makeOutput(props: OutputAssemblyProps): AssembledOutput {
  const assembly = new OutputAssembly(props);
  for (const cluster of assembly.toMake()) assembly.add(cluster, clusterOutput(cluster, assembly.fleetName));
  return assembly.finish();
}
