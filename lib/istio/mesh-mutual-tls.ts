/** Mutual TLS for every pod of a mesh, workloads of the fleet or not, and the namespaces that are an exception. */
import { Construct } from 'constructs';
import { PeerAuthentication, PeerAuthenticationSpecMtlsMode } from '../../imports/security.istio.io';
import { ISTIO, objectLabels } from '../model/names';
import type { ResolvedIstio } from '../model/resolved-fleet';

export interface MeshMutualTlsProps {
  /** Namespaces that take plain text as well, each with the reason. @default - none */
  readonly plainText?: ResolvedIstio['plainText'];
}

/** The name that Istio documents. Of several objects without a selector, only the oldest has an effect. */
const NAME = 'default';

/**
 * A PeerAuthentication for the whole mesh, and one for each namespace that takes plain text as well.
 *
 * It does not apply to traffic that no proxy receives: probes of kubelets, which Istio redirects to port 15020 of the proxy,
 * metrics at ports 15020 and 15090, and the ports of istiod, SPIRE, Prometheus and Kiali. It does not apply to the gateway
 * either, because each of its servers has TLS settings of its own.
 * @see https://istio.io/latest/docs/reference/config/security/peer_authentication/
 */
export class MeshMutualTls extends Construct {
  constructor(scope: Construct, id: string, { plainText = [] }: MeshMutualTlsProps = {}) {
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
