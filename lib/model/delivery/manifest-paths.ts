/** Paths of the manifests that explanations refer to. */
import type { Layer } from './layers';

/** A file in the folder of a layer, without its ending. */
export type ManifestName = readonly [layer: Layer, name: string];

/** The layer and the name of a manifest, by what it contains. */
export const MANIFEST = {
  access: (workload) => ['istio', `access-${workload}`],
  call: (called) => ['edge', `call-${called}`],
  federation: (peer) => ['identities', `federation-${peer}`],
  meshMutualTls: () => ['istio', 'mutual-tls'],
  host: (workload) => ['edge', `host-${workload}`],
  identity: (file) => ['identities', file],
  server: () => ['spire-server', 'server'],
  workload: (workload) => ['workloads', workload],
} as const satisfies Readonly<Record<string, (name: string) => ManifestName>>;

/** Below the output folder. */
export function manifestPath(cluster: string, [layer, name]: ManifestName): string {
  // kustomization.yaml lists the files of a layer; the name of an object never begins with "_".
  return `${cluster}/${layer}/${name === 'kustomization' ? `_${name}` : name}.yaml`;
}
