/** Writes the fleets that are measured: a hub with spokes, which grows with its clusters, and a full mesh, which grows with their square. */

/** No list of a fleet may be longer. */
const LONGEST_LIST = 1000;

export type Shape = 'hub' | 'mesh';

export interface BenchFleet {
  /** The text of fleet.yaml. */
  readonly text: string;
  /** Each has its own root, in a file that the fleet expects under trust/. */
  readonly trustDomains: readonly string[];
}

function portions(names: readonly string[]): readonly (readonly string[])[] {
  const starts = Array.from({ length: Math.ceil(names.length / LONGEST_LIST) }, (_, index) => index * LONGEST_LIST);
  return starts.map((start) => names.slice(start, start + LONGEST_LIST));
}

const bundleAddress = (index: number): string => `10.${Math.floor(index / 250)}.${index % 250}.1`;

/**
 * A fleet of so many clusters. In both shapes every cluster but the first calls a workload of the first.
 * @param changed how many of the clusters, from the last one on, differ from the fleet without changes in one setting
 */
export function benchFleet(shape: Shape, clusters: number, changed = 0): BenchFleet {
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
