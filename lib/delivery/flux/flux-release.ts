/** How Flux installs one of Istio's charts in one cluster. */
import { Construct } from 'constructs';
import {
  HelmRelease,
  HelmReleaseSpecChartSpecSourceRefKind,
  HelmReleaseSpecDriftDetectionMode,
  HelmReleaseSpecInstallStrategyName,
  HelmReleaseSpecUpgradeStrategyName,
} from '../../../imports/helm.toolkit.fluxcd.io';
import { completeIstio } from '../../model/istio/without-fleet';
import { ISTIO_RELEASES, objectLabels, releaseNamespace } from '../../model/names';
import type { IstioChart } from '../tool-output';
import { RETRY_INTERVAL } from './flux-layer';
import { fluxChartsName, fluxStepName } from './flux-names';
import { completeFlux, type FluxProps } from './flux-props';
import { kubeconfigSecret } from './flux-settings';

export interface FluxReleaseProps extends FluxProps {
  readonly cluster: string;
  readonly chart: IstioChart;
  /** Values of the chart, such as those of `helmValues`. */
  readonly values: unknown;
  /** Version of Istio, and of its charts. @default - that of a fleet which names none */
  readonly version?: string;
  /** Charts of the same cluster, some of which this one waits for. @default - it waits for none */
  readonly charts?: readonly IstioChart[];
}

/** Charts of the same Kustomization that a chart comes after. */
const AFTER: Readonly<Record<IstioChart, readonly IstioChart[]>> = {
  base: [],
  cni: [],
  istiod: ['base', 'cni'],
  gateway: [],
};

const TIMEOUT = '5m';

/** One HelmRelease. It holds its values itself, so that version and values are always of the same commit. */
export class FluxRelease extends Construct {
  constructor(scope: Construct, id: string, props: FluxReleaseProps) {
    super(scope, id);
    const { fleet, flux, cluster, chart, values, charts = [], version = completeIstio().version } = completeFlux(props);
    const after = AFTER[chart].filter((other) => charts.includes(other));
    const namespace = releaseNamespace(chart);
    const release = ISTIO_RELEASES[chart];
    new HelmRelease(this, 'release', {
      metadata: {
        name: fluxStepName(cluster, release),
        namespace: flux.namespace,
        labels: objectLabels('flux', 'spire'),
      },
      spec: {
        chart: {
          spec: {
            chart,
            version,
            sourceRef: { kind: HelmReleaseSpecChartSpecSourceRefKind.HELM_REPOSITORY, name: fluxChartsName(fleet) },
          },
        },
        releaseName: release,
        targetNamespace: namespace,
        storageNamespace: namespace,
        ...(flux.central && { kubeConfig: { secretRef: { name: kubeconfigSecret(cluster) } } }),
        ...(after.length > 0 && {
          dependsOn: after.map((other) => ({ name: fluxStepName(cluster, ISTIO_RELEASES[other]) })),
        }),
        interval: flux.interval,
        timeout: TIMEOUT,
        // A failed attempt leaves the release as it is. To uninstall Istio or to roll it back would cut working connections.
        install: {
          strategy: { name: HelmReleaseSpecInstallStrategyName.RETRY_ON_FAILURE, retryInterval: RETRY_INTERVAL },
        },
        upgrade: {
          strategy: { name: HelmReleaseSpecUpgradeStrategyName.RETRY_ON_FAILURE, retryInterval: RETRY_INTERVAL },
        },
        driftDetection: { mode: HelmReleaseSpecDriftDetectionMode.ENABLED, ignore: [WRITTEN_BY_ISTIOD] },
        values,
      },
    });
  }
}

/**
 * istiod sets the failure policy of its validating webhooks to Fail once it serves them. The charts install them with
 * Ignore, so that istiod can start.
 */
const WRITTEN_BY_ISTIOD = {
  paths: ['/webhooks/0/failurePolicy', '/webhooks/0/clientConfig/caBundle'],
  target: { kind: 'ValidatingWebhookConfiguration' },
};
