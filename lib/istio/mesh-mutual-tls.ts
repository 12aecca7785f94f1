/** Mutual TLS for every pod of a mesh, workloads of the fleet or not, and the namespaces that are an exception. */
import { Construct } from 'constructs';
import { PeerAuthentication, PeerAuthenticationSpecMtlsMode } from '../../imports/security.istio.io';
import { ISTIO, objectLabels } from '../model/names';
import type { ResolvedIstio } from '../model/resolved-fleet';

export type MeshMutualTlsProps = Pick<ResolvedIstio, 'plainText'>;

/** Istio's own name for it. A second one without a selector would have no effect: the oldest counts. */
const NAME = 'default';

/**
 * A PeerAuthentication for the whole mesh, and one for each namespace that takes plain text as well.
 *
 * What has no proxy is not concerned: probes of kubelets, which Istio's injection leads to the proxy's port 15020, metrics
 * at ports 15020 and 15090, and all that istiod, SPIRE, Prometheus and Kiali serve. Nor is the gateway, whose servers say
 * for themselves what TLS they take.
 * @see https://istio.io/latest/docs/reference/config/security/peer_authentication/
 */
export class MeshMutualTls extends Construct {
  constructor(scope: Construct, id: string, { plainText }: MeshMutualTlsProps) {
    super(scope, id);
    // In Istio's root namespace, without a selector, it is for the mesh.
    this.add(ISTIO.namespace, PeerAuthenticationSpecMtlsMode.STRICT);
    for (const { namespace } of plainText) this.add(namespace, PeerAuthenticationSpecMtlsMode.PERMISSIVE);
  }

  private add(namespace: string, mode: PeerAuthenticationSpecMtlsMode): void {
    new PeerAuthentication(this, `in-${namespace}`, {
      metadata: { name: NAME, namespace, labels: objectLabels('mutual-tls', 'istio') },
      spec: { mtls: { mode } },
    });
  }
}
