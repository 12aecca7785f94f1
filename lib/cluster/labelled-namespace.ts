/** A namespace with its Pod Security level and whether Istio injects its sidecar there. */
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { MANAGED_BY } from '../model/names';
import type { ResolvedNamespace } from '../model/resolved-fleet';

export interface LabelledNamespaceProps {
  /** Pod Security level that the API server enforces. */
  readonly podSecurity: ResolvedNamespace['podSecurity'];
  /** @default - the id of the construct */
  readonly name?: string;
  /** Whether Istio injects its proxy into every pod, or into none. @default - into pods that ask for it */
  readonly injection?: ResolvedNamespace['injection'];
}

/** One Namespace. */
export class LabelledNamespace extends Construct {
  constructor(scope: Construct, id: string, { name = id, podSecurity, injection }: LabelledNamespaceProps) {
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
