/**
 * Writes the fleets that are measured:
 * - `hub`: a hub with spokes, which grows with its clusters,
 * - `mesh`: a full mesh, which grows with the square of its clusters,
 * - `workloads`: ten clusters in a full mesh, which grows with its workloads.
 */

/** The maximum length of a list in a fleet. */
const LONGEST_LIST = 1000;

export type Shape = 'hub' | 'mesh' | 'workloads';

export interface BenchFleet {
  /** The text of fleet.yaml. */
  readonly text: string;
  /** Each trust domain has its own root in a file below trust/. */
  readonly trustDomains: readonly string[];
}

function portions(names: readonly string[]): readonly (readonly string[])[] {
  const starts = Array.from({ length: Math.ceil(names.length / LONGEST_LIST) }, (_, index) => index * LONGEST_LIST);
  return starts.map((start) => names.slice(start, start + LONGEST_LIST));
}

const bundleAddress = (index: number): string => `10.${Math.floor(index / 250)}.${index % 250}.1`;

/**
 * A fleet of the given size.
 * @param size number of clusters, or for the shape `workloads` the number of workloads in each cluster
 * @param changed how many clusters have one changed setting, counted from the last cluster
 */
export function benchFleet(shape: Shape, size: number, changed = 0): BenchFleet {
  return shape === 'workloads' ? workloadsFleet(size, changed) : clustersFleet(shape, size, changed);
}

/** Every cluster but the first calls a workload of the first. */
function clustersFleet(shape: Exclude<Shape, 'workloads'>, clusters: number, changed: number): BenchFleet {
  const spokes = Array.from({ length: clusters - 1 }, (_, index) => `spoke-${index + 1}`);
  const text = [
    'fleet: bench',
    'clusters:',
    '  hub: { trustDomain: hub.example, bundleEndpoint: { address: 10.250.0.1 }, gateway: { address: 10.250.0.2 } }',
    ...spokes.map((name, index) => {
      const setting = index >= spokes.length - changed ? ', kubelet: { verification: false }' : '';
      return `  ${name}: { trustDomain: ${name}.example, bundleEndpoint: { address: ${bundleAddress(index)} }${setting} }`;
    }),
    'federation:',
    ...(shape === 'hub'
      ? portions(spokes).map((some) => `  - { hub: hub, spokes: [${some.join(', ')}] }`)
      : [`  - between: [${['hub', ...spokes].join(', ')}]`]),
    'workloads:',
    '  bookinfo: { cluster: hub, preset: bookinfo, host: bookinfo.example }',
    ...spokes.map((name) => `  greeter-${name}: { cluster: ${name}, preset: curl-greeter, calls: [bookinfo] }`),
    '',
  ].join('\n');
  return { text, trustDomains: ['hub', ...spokes].map((name) => `${name}.example`) };
}

/** Clusters of the shape `workloads`. */
export const MESH_CLUSTERS = 10;

/** Each workload calls one workload in its own cluster and one in each of the next two clusters. */
function workloadsFleet(perCluster: number, changed: number): BenchFleet {
  const clusters = Array.from({ length: MESH_CLUSTERS }, (_, index) => `cluster-${index}`);
  const nameOf = (cluster: number, index: number): string =>
    `app-${cluster % MESH_CLUSTERS}-${(index + perCluster) % perCluster}`;
  const text = [
    'fleet: bench',
    'clusters:',
    ...clusters.map((name, index) => {
      const setting = index >= MESH_CLUSTERS - changed ? ', kubelet: { verification: false }' : '';
      return `  ${name}: { trustDomain: ${name}.example, bundleEndpoint: { address: ${bundleAddress(index)} }, gateway: { address: 10.250.0.${index} }${setting} }`;
    }),
    'federation:',
    `  - between: [${clusters.join(', ')}]`,
    'workloads:',
    ...clusters.flatMap((cluster, home) =>
      Array.from({ length: perCluster }, (_, index) => {
        const name = nameOf(home, index);
        const calls = [nameOf(home, index + 1), nameOf(home + 1, index), nameOf(home + 2, index - 1)];
        return `  ${name}: { cluster: ${cluster}, image: registry.example/app:1.0.0, port: 8080, host: ${name}.example, calls: [${calls.join(', ')}] }`;
      }),
    ),
    '',
  ].join('\n');
  return { text, trustDomains: clusters.map((name) => `${name}.example`) };
}
