/** How Flux keeps its own objects of the output up to date. */
import { Construct } from 'constructs';
import {
  Kustomization,
  KustomizationSpecDeletionPolicy,
  KustomizationSpecSourceRefKind,
} from '../../../imports/kustomize.toolkit.fluxcd.io';
import { objectLabels } from '../../model/names';
import { repositoryPath } from '../delivery-props';
import { RETRY_INTERVAL } from './flux-layer';
import { fluxName } from './flux-names';
import { completeFlux, type FluxProps } from './flux-props';

export interface FluxFollowerProps extends FluxProps {
  /** Name of the Kustomization. @default - `fleet` */
  readonly name?: string;
  /** Folder of the output with objects of Flux. */
  readonly folder: string;
}

/**
 * One Kustomization.
 * - It does not wait for its objects, so that a commit that repairs a layer is applied at once.
 * - Its objects stay when it is removed: a cluster that left the fleet keeps everything until a person removes it.
 */
export class FluxFollower extends Construct {
  constructor(scope: Construct, id: string, props: FluxFollowerProps) {
    super(scope, id);
    const { fleet, delivery, flux, name = fluxName(props.fleet), folder } = completeFlux(props);
    new Kustomization(this, 'kustomization', {
      metadata: { name, namespace: flux.namespace, labels: objectLabels('flux', 'spire') },
      spec: {
        sourceRef: { kind: KustomizationSpecSourceRefKind.GIT_REPOSITORY, name: fluxName(fleet) },
        path: `./${repositoryPath(delivery, folder)}`,
        interval: flux.interval,
        retryInterval: RETRY_INTERVAL,
        wait: false,
        prune: true,
        deletionPolicy: KustomizationSpecDeletionPolicy.ORPHAN,
      },
    });
  }
}
