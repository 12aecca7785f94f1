/** Where Flux finds the output and Istio's charts. */
import { Construct } from 'constructs';
import { GitRepository, HelmRepository, HelmRepositorySpecType } from '../../../imports/source.toolkit.fluxcd.io';
import { objectLabels } from '../../model/names';
import { fluxChartsName, fluxName } from './flux-names';
import { completeFlux, type FluxProps } from './flux-props';

export interface FluxSourceProps extends FluxProps {
  /** Whether any cluster that this Flux applies runs Istio, installed by `FluxRelease`. @default true */
  readonly charts?: boolean;
}

/** How long a fetch may take. */
const TIMEOUT = '60s';

/** How often the chart index is fetched. Chart versions never change, so the index matters only for new ones. */
const CHARTS_INTERVAL = '1h';

/** A GitRepository with the output alone, and a HelmRepository where charts are needed. */
export class FluxSource extends Construct {
  constructor(scope: Construct, id: string, props: FluxSourceProps) {
    super(scope, id);
    const { fleet, delivery, flux, charts = true } = completeFlux(props);
    const labels = objectLabels('flux', 'spire');
    new GitRepository(this, 'repository', {
      metadata: { name: fluxName(fleet), namespace: flux.namespace, labels },
      spec: {
        url: delivery.repo,
        ref: { branch: delivery.branch },
        interval: flux.poll,
        timeout: TIMEOUT,
        ...(flux.secret && { secretRef: { name: flux.secret } }),
        ...(delivery.path !== '.' && { ignore: onlyFolder(delivery.path) }),
      },
    });
    if (charts) {
      const isRegistry = delivery.charts.startsWith('oci:');
      new HelmRepository(this, 'charts', {
        metadata: { name: fluxChartsName(fleet), namespace: flux.namespace, labels },
        spec: {
          url: delivery.charts,
          interval: CHARTS_INTERVAL,
          ...(isRegistry ? { type: HelmRepositorySpecType.OCI } : { timeout: TIMEOUT }),
        },
      });
    }
  }
}

/**
 * Leaves everything but a folder out of the artifact, so that other commits change nothing. The syntax is that of .gitignore,
 * which cannot include a path below an ignored folder. So each folder on the way is included, and its other entries are ignored.
 */
function onlyFolder(path: string): string {
  const segments = path.split('/');
  return segments
    .flatMap((segment, index) => {
      const above = segments
        .slice(0, index)
        .map((name) => `/${name}`)
        .join('');
      return [`${above}/*`, `!${above}/${segment}`];
    })
    .join('\n');
}
