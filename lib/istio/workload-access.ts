/** The policies in front of some pods: mutual TLS without exception, and callers by name. */
import { Construct } from 'constructs';
import {
  AuthorizationPolicy,
  AuthorizationPolicySpecAction,
  PeerAuthentication,
  PeerAuthenticationSpecMtlsMode,
} from '../../imports/security.istio.io';
import { objectLabels } from '../model/names';
import type { ResolvedAccess } from '../model/resolved-fleet';
import { principal } from '../model/spiffe-id';

export interface WorkloadAccessProps {
  readonly workload: string;
  readonly namespace: string;
  readonly access: ResolvedAccess;
}

/** A PeerAuthentication and an AuthorizationPolicy for the same pods. */
export class WorkloadAccess extends Construct {
  constructor(scope: Construct, id: string, { workload, namespace, access }: WorkloadAccessProps) {
    super(scope, id);
    const metadata = { name: access.name, namespace, labels: { ...objectLabels(access.name, workload) } };
    const selector = { matchLabels: { ...access.podLabels } };
    new PeerAuthentication(this, 'peer-authentication', {
      metadata,
      spec: { selector, mtls: { mode: PeerAuthenticationSpecMtlsMode.STRICT } },
    });
    new AuthorizationPolicy(this, 'authorization-policy', {
      metadata,
      spec: {
        selector,
        action: AuthorizationPolicySpecAction.ALLOW,
        // ALLOW without a rule allows nobody.
        rules:
          access.callers.length === 0
            ? undefined
            : [{ from: [{ source: { principals: access.callers.map(principal) } }] }],
      },
    });
  }
}
