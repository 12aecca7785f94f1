/** How Flux keeps its own objects of the output up to date. */
import { Construct } from 'constructs';
import {
  Kustomization,
  KustomizationSpecDeletionPolicy,
  KustomizationSpecSourceRefKind,
} from '../../../imports/kustomize.toolkit.fluxcd.io';
import { objectLabels } from '../../model/names';
import { type DeliveryProps, repositoryPath } from '../delivery-props';
import { RETRY_INTERVAL } from './flux-layer';
import { fluxName } from './flux-names';
import type { ResolvedFlux } from './flux-settings';

export interface FluxFollowerProps extends DeliveryProps {
  readonly flux: ResolvedFlux;
  readonly name: string;
  /** Folder of the output with objects of Flux. */
  readonly folder: string;
}

/**
 * One Kustomization.
 * - It does not wait for its objects, so that a commit that repairs a layer is applied at once.
 * - Its objects stay when it is removed: a cluster that left the fleet keeps everything until a person removes it.
 */
export class FluxFollower extends Construct {
  constructor(scope: Construct, id: string, { fleet, delivery, flux, name, folder }: FluxFollowerProps) {
    super(scope, id);
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
