/** Compares a synthesis with helm, which renders only the SPIRE charts, and with kustomize, which builds our folders. */
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { loadFleet } from '../lib/fleet/load';
import { resolve } from '../lib/model/resolve';
import type { ResolvedCluster } from '../lib/model/resolved-fleet';
import type { BenchOptions } from './options';
import { atLeast, atMost, type Ratio } from './ratio';
import { run } from './run';
import { Workplace } from './workplace';

/** The number of helm runs that are measured. Each cluster is one run, so the time for more clusters is extrapolated. */
const MOST_RUNS = 20;

const LIMITS: readonly { readonly clusters: number; readonly ratio: (value: number) => Ratio }[] = [
  { clusters: 2, ratio: (value) => atMost(2, 'whole synth by helm of the SPIRE part, 2 clusters', 1 / value) },
  { clusters: 100, ratio: (value) => atLeast(15, 'helm of the SPIRE part by whole synth, 100 clusters', value) },
  { clusters: 1000, ratio: (value) => atLeast(15, 'helm of the SPIRE part by whole synth, 1000 clusters', value) },
];

export async function measurePeers({ charts, helm, rounds, sizes }: BenchOptions): Promise<readonly Ratio[]> {
  if (charts === undefined) {
    console.log('skipped: --charts PATH names the folder charts/ of a checkout of spiffe/helm-charts-hardened');
    return [];
  }
  const largest = Math.max(...sizes);
  const ratios: Ratio[] = [];
  for (const { clusters, ratio } of LIMITS.filter((limit) => limit.clusters <= largest)) {
    const place = await Workplace.of('hub', clusters);
    try {
      ratios.push(ratio(compare(place, { charts: assembleChart(charts, place.folder), helm, rounds })));
    } finally {
      place.remove();
    }
  }
  return ratios;
}

interface Peers {
  readonly charts: { readonly spire: string; readonly crds: string };
  readonly helm: string;
  readonly rounds: number;
}

/** The ratio of helm's time to ours. */
function compare(place: Workplace, { charts, helm, rounds }: Peers): number {
  const values = writeValues(place);
  const measured = values.slice(0, MOST_RUNS);
  const clusters = place.clusters;
  let [ours, theirs, built] = [Infinity, Infinity, Infinity];
  for (let round = 0; round < rounds; round++) {
    place.clear();
    ours = Math.min(ours, place.synth().seconds);
    const helmSeconds = measured.reduce(
      (total, file) =>
        total +
        run(helm, ['template', 'spire-crds', charts.crds]).seconds +
        run(helm, ['template', 'spire', charts.spire, '--namespace', 'spire-server', '-f', file]).seconds,
      0,
    );
    theirs = Math.min(theirs, (helmSeconds * clusters) / measured.length);
    const kustomize = run('kubectl', ['kustomize', join(place.output, 'hub')]).seconds;
    built = Math.min(built, kustomize);
  }
  const how = measured.length < clusters ? `, ${measured.length} of them run and multiplied` : '';
  console.log(
    `${String(clusters).padStart(5)} clusters: ours ${ours.toFixed(2)} s with all checks; ` +
      `helm template of spire and spire-crds ${theirs.toFixed(2)} s${how}; kubectl kustomize of one cluster ${built.toFixed(2)} s`,
  );
  return theirs / ours;
}

/** Copies the chart and its file:// dependencies, as `helm dependency build` does. */
function assembleChart(charts: string, folder: string): Peers['charts'] {
  const spire = join(folder, 'charts', 'spire');
  cpSync(join(charts, 'spire'), spire, { recursive: true });
  const { dependencies } = parse(readFileSync(join(spire, 'Chart.yaml'), 'utf8')) as {
    readonly dependencies: readonly { readonly name: string; readonly repository: string }[];
  };
  for (const { name, repository } of dependencies) {
    if (repository.startsWith('file://../')) {
      cpSync(join(charts, name), join(spire, 'charts', name), { recursive: true });
    }
  }
  return { spire, crds: join(charts, 'spire-crds') };
}

/** The values of the charts for a cluster: trust domain, upstream authority, identities, federation. */
function writeValues({ folder }: Workplace): readonly string[] {
  const { fleet: written, readTrustFile } = loadFleet('fleet.yaml', folder);
  const fleet = written && resolve(written, { readTrustFile, now: new Date() }).fleet;
  mkdirSync(join(folder, 'values'));
  return (fleet?.clusters ?? []).map((cluster) => {
    const file = join(folder, 'values', `${cluster.name}.yaml`);
    writeFileSync(file, stringify(valuesOf(cluster)));
    return file;
  });
}

function valuesOf({ name, trustDomain, peers }: ResolvedCluster): unknown {
  return {
    global: { spire: { trustDomain, clusterName: name } },
    'spire-server': {
      federation: { enabled: true },
      upstreamAuthority: { disk: { enabled: true, secret: { create: false, name: 'spire-intermediate' } } },
      controllerManager: {
        identities: {
          clusterSPIFFEIDs: { default: { federatesWith: peers.map((peer) => peer.trustDomain) } },
          clusterFederatedTrustDomains: Object.fromEntries(
            peers.map((peer) => [
              peer.cluster,
              {
                trustDomain: peer.trustDomain,
                bundleEndpointURL: peer.url,
                bundleEndpointProfile: { type: peer.profile, endpointSPIFFEID: peer.endpointSpiffeId },
                trustDomainBundle: peer.bundle?.text,
              },
            ]),
          ),
        },
      },
    },
    'spiffe-oidc-discovery-provider': { enabled: false },
  };
}
