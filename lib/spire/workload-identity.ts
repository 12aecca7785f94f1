/** A rule that gives pods their SPIFFE ID, as the ClusterSPIFFEID that spire-controller-manager turns into entries. */
import { Construct } from 'constructs';
import { ClusterSpiffeid } from '../../imports/spire.spiffe.io';
import { optionalGoDuration } from '../formats/duration';
import { DEFAULT_CLASS, NAMESPACE_NAME_LABEL, objectLabels } from '../model/names';
import { ISTIO_TEMPLATE } from '../model/spire/spiffe-id';

/** One rule that gives pods an identity; one of a resolved fleet is one of these as well. */
export interface WorkloadIdentityProps {
  /** Name of the object. @default - the id of the construct */
  readonly name?: string;
  /** Labels that select the pods; at least one. */
  readonly podLabels: Readonly<Record<string, string>>;
  /** Class that the controller manager serves. @default 'spire' */
  readonly className?: string;
  /** @default - the ID that Istio expects, `spiffe://<trust domain>/ns/<namespace>/sa/<service account>` */
  readonly spiffeIdTemplate?: string;
  /** Only pods of this namespace get the identity. @default - pods of every namespace */
  readonly namespace?: string;
  /** Only pods of this ServiceAccount get the identity; needs `namespace`. @default - pods of any ServiceAccount */
  readonly serviceAccount?: string;
  /** Whether only pods that no other rule selects get the identity. @default false */
  readonly fallback?: boolean;
  /** Trust domains whose bundles come with the SVID. Each needs a `FederationLink`. @default - none */
  readonly federatesWith?: readonly string[];
  /** DNS names in the SVID. @default - none */
  readonly dnsNames?: readonly string[];
  /** Life of its X.509-SVIDs in seconds. @default - that of the server */
  readonly x509SvidTtl?: number;
  /** Life of its JWT-SVIDs in seconds. @default - that of the server */
  readonly jwtSvidTtl?: number;
}

/** One ClusterSPIFFEID. */
export class WorkloadIdentity extends Construct {
  constructor(scope: Construct, id: string, identity: WorkloadIdentityProps) {
    super(scope, id);
    const { name = id, spiffeIdTemplate = ISTIO_TEMPLATE, federatesWith = [], dnsNames = [] } = identity;
    const { className = DEFAULT_CLASS } = identity;
    const { namespace, serviceAccount, x509SvidTtl, jwtSvidTtl } = identity;
    new ClusterSpiffeid(this, 'cluster-spiffeid', {
      metadata: { name, labels: { ...objectLabels('spire-identities', 'spire') } },
      spec: {
        className,
        spiffeIdTemplate,
        podSelector: { matchLabels: { ...identity.podLabels } },
        namespaceSelector: namespace === undefined ? undefined : { matchLabels: { [NAMESPACE_NAME_LABEL]: namespace } },
        workloadSelectorTemplates: selectors(namespace, serviceAccount),
        fallback: identity.fallback || undefined,
        federatesWith: federatesWith.length === 0 ? undefined : [...federatesWith],
        dnsNameTemplates: dnsNames.length === 0 ? undefined : [...dnsNames],
        ttl: optionalGoDuration(x509SvidTtl),
        jwtTtl: optionalGoDuration(jwtSvidTtl),
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
