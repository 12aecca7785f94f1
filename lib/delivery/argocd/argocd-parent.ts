/** How Argo CD keeps the project and the Applications of the fleet up to date. */
import { Construct } from 'constructs';
import { Application } from '../../../imports/argoproj.io';
import { objectLabels } from '../../model/names';
import { type DeliveryProps, repositoryPath } from '../delivery-props';
import { ARGOCD_FOLDER } from './argocd-names';
import type { ResolvedArgoCd } from './argocd-settings';

export interface ArgoCdParentProps extends DeliveryProps {
  readonly argocd: ResolvedArgoCd;
}

/** One Application. Its project must exist before, because a project cannot permit its own change. It removes nothing. */
export class ArgoCdParent extends Construct {
  constructor(scope: Construct, id: string, { fleet, delivery, argocd }: ArgoCdParentProps) {
    super(scope, id);
    new Application(this, 'application', {
      metadata: { name: fleet, namespace: argocd.namespace, labels: objectLabels('argocd', 'spire') },
      spec: {
        project: argocd.parentProject,
        source: {
          repoUrl: delivery.repo,
          targetRevision: delivery.branch,
          path: repositoryPath(delivery, ARGOCD_FOLDER),
        },
        destination: { server: 'https://kubernetes.default.svc', namespace: argocd.namespace },
        syncPolicy: {
          automated: { prune: false, selfHeal: true },
          syncOptions: ['ServerSideApply=true'],
        },
      },
    });
  }
}
