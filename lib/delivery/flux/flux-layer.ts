/** How Flux applies one layer of one cluster, and when. */
import { Construct } from 'constructs';
import {
  Kustomization,
  KustomizationSpecDeletionPolicy,
  type KustomizationSpecPatches,
  KustomizationSpecSourceRefKind,
} from '../../../imports/kustomize.toolkit.fluxcd.io';
import { renderYaml } from '../../model/configuration';
import type { DeliveryStep } from '../../model/delivery/layers';
import { objectLabels, SPIRE_SERVER } from '../../model/names';
import { repositoryPath } from '../delivery-props';
import { fluxName, fluxStepName } from './flux-names';
import { completeFlux, type FluxProps } from './flux-props';
import { kubeconfigSecret } from './flux-settings';

export interface FluxLayerProps extends FluxProps {
  readonly cluster: string;
  /** What is applied, such as `spire-server`. It decides what is kept when its file or its Kustomization is removed. */
  readonly step: DeliveryStep;
  /** Steps of the same cluster that must be ready before; `needsOf` knows them. @default - none */
  readonly needs?: readonly DeliveryStep[];
  /** Folder of the output to apply. @default - `<cluster>/<step>` */
  readonly folder?: string;
  /** Whether its objects are applied to the cluster. The others are objects of Flux, which are applied where Flux runs. @default true */
  readonly remote?: boolean;
}

/** Long enough for an image to be pulled on a new node. */
const TIMEOUT = '5m';
/** A webhook or a CRD may need a moment after it is ready. Without this setting, Flux would try again after a whole interval. */
export const RETRY_INTERVAL = '30s';

/** Layers that are never pruned, because removing a CRD deletes its resources, and removing a namespace all its objects. */
const NEVER_PRUNED: readonly DeliveryStep[] = ['crds', 'namespaces'];
/** Layers whose objects stay when their Kustomization is removed. */
const ORPHANED: readonly DeliveryStep[] = [...NEVER_PRUNED, 'spire-server', 'spire-agent'];

/** One Kustomization. */
export class FluxLayer extends Construct {
  constructor(scope: Construct, id: string, props: FluxLayerProps) {
    super(scope, id);
    const { fleet, delivery, flux, cluster, step } = completeFlux(props);
    const { needs = [], folder = `${cluster}/${step}`, remote = true } = props;
    new Kustomization(this, 'kustomization', {
      metadata: {
        name: fluxStepName(cluster, step),
        namespace: flux.namespace,
        labels: objectLabels('flux', 'spire'),
      },
      spec: {
        sourceRef: { kind: KustomizationSpecSourceRefKind.GIT_REPOSITORY, name: fluxName(fleet) },
        path: `./${repositoryPath(delivery, folder)}`,
        ...(needs.length > 0 && { dependsOn: needs.map((need) => ({ name: fluxStepName(cluster, need) })) }),
        interval: flux.interval,
        retryInterval: RETRY_INTERVAL,
        timeout: TIMEOUT,
        wait: true,
        prune: !NEVER_PRUNED.includes(step),
        deletionPolicy: ORPHANED.includes(step)
          ? KustomizationSpecDeletionPolicy.ORPHAN
          : KustomizationSpecDeletionPolicy.MIRROR_PRUNE,
        ...(step === 'spire-server' && { patches: [keepServer()] }),
        ...(remote && flux.central && { kubeConfig: { secretRef: { name: kubeconfigSecret(cluster) } } }),
      },
    });
  }
}

/** Keeps the server and its volume when its file is missing. The annotation is set here, because other tools apply the same manifest. */
function keepServer(): KustomizationSpecPatches {
  const { name } = SPIRE_SERVER;
  return {
    target: { kind: 'StatefulSet', name },
    patch: renderYaml({
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { name, annotations: { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' } },
    }),
  };
}
