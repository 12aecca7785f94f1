/** Reads the arguments of the bench. */
import { parseArgs } from 'node:util';

export const SECTIONS = ['growth', 'mesh', 'profile', 'feel', 'workloads', 'peers', 'shards'] as const;

export type Section = (typeof SECTIONS)[number];

export interface BenchOptions {
  readonly sections: readonly Section[];
  /** Clusters of the hub and spoke fleets. */
  readonly sizes: readonly number[];
  /** How often each side of a ratio is measured. The lowest value counts. */
  readonly rounds: number;
  /** Folder that contains the charts spire and spire-crds of spiffe/helm-charts-hardened. @default - the peers are skipped */
  readonly charts?: string;
  /** The program helm. @default helm */
  readonly helm: string;
  /** The clock: `wall`, or `cpu` for a shared machine. @default wall */
  readonly clock: 'wall' | 'cpu';
  /** Whether the run fails if a limit is missed by a wide margin. */
  readonly guard: boolean;
}

export function readOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string', default: SECTIONS.join(',') },
      sizes: { type: 'string', default: '10,100,1000' },
      rounds: { type: 'string', default: '3' },
      charts: { type: 'string' },
      helm: { type: 'string', default: 'helm' },
      clock: { type: 'string', default: 'wall' },
      guard: { type: 'boolean', default: false },
    },
  });
  const only = values.only.split(',');
  return {
    sections: SECTIONS.filter((section) => only.includes(section)),
    sizes: values.sizes.split(',').map(Number),
    rounds: Number(values.rounds),
    charts: values.charts,
    helm: values.helm,
    clock: values.clock === 'cpu' ? 'cpu' : 'wall',
    guard: values.guard,
  };
}
