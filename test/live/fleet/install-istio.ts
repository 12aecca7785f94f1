/** Installs Istio in a cluster from the generated values, with the charts of the pinned module. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Cluster } from '../cluster/cluster';
import { run } from '../machine/command';

/** Settings that the harness adds to the generated values; strings become environment variables of istiod. */
export const FORCED_SETTINGS: Readonly<Record<string, string | boolean>> = {
  'env.PILOT_ENABLE_METADATA_EXCHANGE': 'false',
  'env.PILOT_ENABLE_ALPN_FILTER': 'false',
  'env.PILOT_ENABLE_TELEMETRY_LABEL': 'false',
  'env.PILOT_ENDPOINT_TELEMETRY_LABEL': 'false',
  'telemetry.enabled': false,
};

export interface IstioInstallation {
  /** Program helm. */
  readonly helm: string;
  /** Folder of Istio's module. */
  readonly istioModule: string;
  /** dist/ of the fleet. */
  readonly dist: string;
}

/** base, istiod and, where the fleet has one, the gateway. Returns when all of it is ready. */
export function installIstio(cluster: Cluster, installation: IstioInstallation): Promise<void> {
  return installReleases(cluster, installation, ['--wait', '--timeout', '5m']);
}

/** The same without waiting for anything to become ready. */
export function startIstio(cluster: Cluster, installation: IstioInstallation): Promise<void> {
  return installReleases(cluster, installation, []);
}

async function installReleases(
  cluster: Cluster,
  { helm, istioModule, dist }: IstioInstallation,
  waiting: readonly string[],
): Promise<void> {
  const values = join(dist, 'istio', cluster.name);
  const charts = join(istioModule, 'manifests', 'charts');
  const forced = Object.entries(FORCED_SETTINGS).flatMap(([key, value]) => [
    typeof value === 'string' ? '--set-string' : '--set',
    `${key}=${value}`,
  ]);
  const install = (name: string, chart: string, file: string, settings: readonly string[] = []): Promise<string> =>
    run(
      cluster.enter([
        ...[helm, 'upgrade', '--install', name, join(charts, chart), '--namespace', 'istio-system'],
        ...['-f', join(values, file), ...waiting, ...settings],
      ]),
      { timeout: 330 },
    );
  await install('istio-base', 'base', 'base.values.yaml');
  await install('istiod', 'istio-control/istio-discovery', 'istiod.values.yaml', forced);
  if (existsSync(join(values, 'gateway.values.yaml'))) {
    await install('istio-ingressgateway', 'gateway', 'gateway.values.yaml');
  }
}
