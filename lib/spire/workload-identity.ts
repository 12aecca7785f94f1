/** A rule that gives pods their SPIFFE ID, as the ClusterSPIFFEID that spire-controller-manager turns into entries. */
import { Construct } from 'constructs';
import { ClusterSpiffeid } from '../../imports/spire.spiffe.io';
import { CONTROLLER_CLASS, NAMESPACE_NAME_LABEL, objectLabels } from '../model/names';
import type { ResolvedIdentity } from '../model/resolved-fleet';

/** One ClusterSPIFFEID. */
export class WorkloadIdentity extends Construct {
  constructor(scope: Construct, id: string, identity: ResolvedIdentity) {
    super(scope, id);
    const { namespace, serviceAccount, federatesWith, dnsNames } = identity;
    new ClusterSpiffeid(this, 'cluster-spiffeid', {
      metadata: { name: identity.name, labels: { ...objectLabels('spire-identities', 'spire') } },
      spec: {
        className: CONTROLLER_CLASS,
        spiffeIdTemplate: identity.spiffeIdTemplate,
        podSelector: { matchLabels: { ...identity.podLabels } },
        namespaceSelector: namespace === undefined ? undefined : { matchLabels: { [NAMESPACE_NAME_LABEL]: namespace } },
        workloadSelectorTemplates: selectors(namespace, serviceAccount),
        fallback: identity.fallback || undefined,
        federatesWith: federatesWith.length === 0 ? undefined : [...federatesWith],
        dnsNameTemplates: dnsNames.length === 0 ? undefined : [...dnsNames],
      },
    });
  }
}

/** A label can be put on any pod; the ServiceAccount cannot, and the agent verifies it. */
function selectors(namespace: string | undefined, serviceAccount: string | undefined): string[] | undefined {
  return namespace === undefined || serviceAccount === undefined
    ? undefined
    : [`k8s:ns:${namespace}`, `k8s:sa:${serviceAccount}`];
}
