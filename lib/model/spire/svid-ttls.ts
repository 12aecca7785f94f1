/** The lifetimes of the SVIDs that a SPIRE server signs: those of the cluster, of agents, of workloads and of the gateway. */
import { seconds } from '../../formats/duration';
import type { FleetPath } from '../../problems/problem';
import type { FleetDraft } from '../fleet-draft';
import { serverSetting, setting } from '../settings';

/** The lifetime of one kind of SVID, and where the fleet sets it. */
export interface SvidTtl {
  /** The key in the fleet file. */
  readonly key: 'x509SvidTtl' | 'jwtSvidTtl' | 'agentTtl';
  /** Whose SVIDs they are, if not those of the whole cluster. */
  readonly of?: string;
  readonly seconds: number;
  /** Where it is written; absent for a default. */
  readonly place?: FleetPath;
}

/** Lifetimes of a cluster: each that is written, and the defaults. */
export function svidTtls({ written, clusters, workloads }: FleetDraft, cluster: string): readonly SvidTtl[] {
  const draft = clusters.get(cluster);
  if (draft === undefined) return [];
  const common = (['x509SvidTtl', 'jwtSvidTtl'] as const).map((key) => {
    const { value, place } = setting(written, cluster, 'spire', key);
    return { key, seconds: draft.spire[key], ...(value !== undefined && { place }) };
  });
  const agents = serverSetting(written, cluster, 'agentTtl');
  const gateway = draft.written.gateway?.x509SvidTtl;
  return [
    ...common,
    ...(agents.value === undefined
      ? []
      : [{ key: 'agentTtl' as const, seconds: seconds(agents.value), place: agents.place }]),
    ...(gateway === undefined
      ? []
      : [
          {
            key: 'x509SvidTtl' as const,
            of: 'the gateway',
            seconds: seconds(gateway),
            place: ['clusters', cluster, 'gateway', 'x509SvidTtl'],
          },
        ]),
    ...workloads
      .filter((workload) => workload.cluster === cluster)
      .flatMap(({ name, written: keys, place }) =>
        (['x509SvidTtl', 'jwtSvidTtl'] as const).flatMap((key) => {
          const text = keys[key];
          return text === undefined ? [] : [{ key, of: name, seconds: seconds(text), place: [...place, key] }];
        }),
      ),
  ];
}

/** Lifetimes of X.509-SVIDs, which agents renew. Without agentTtl, the SVIDs of agents live as long as those of the cluster. */
export function x509SvidTtls(draft: FleetDraft, cluster: string): readonly SvidTtl[] {
  return svidTtls(draft, cluster).filter(({ key }) => key !== 'jwtSvidTtl');
}

/** A lifetime for a message, such as "x509SvidTtl of shop". */
export function nameOfTtl({ key, of }: SvidTtl): string {
  return of === undefined ? key : `${key} of ${of}`;
}
