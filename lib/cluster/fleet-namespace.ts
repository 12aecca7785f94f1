/** A namespace with its Pod Security level and whether Istio injects its sidecar there. */
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { MANAGED_BY } from '../model/names';
import type { ResolvedNamespace } from '../model/resolved-fleet';

/** One Namespace. */
export class FleetNamespace extends Construct {
  constructor(scope: Construct, id: string, { name, podSecurity, injection }: ResolvedNamespace) {
    super(scope, id);
    new k8s.KubeNamespace(this, 'namespace', {
      metadata: {
        name,
        labels: {
          ...MANAGED_BY,
          'pod-security.kubernetes.io/enforce': podSecurity,
          ...(injection && { 'istio-injection': injection }),
        },
      },
    });
  }
}
