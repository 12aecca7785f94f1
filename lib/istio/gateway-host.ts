/** A host that the ingress gateway serves to other clusters: its TLS settings, its routes and its callers. */
import { Construct } from 'constructs';
import {
  Gateway,
  type GatewaySpecServersTls,
  GatewaySpecServersTlsMode as TlsMode,
  VirtualService,
  type VirtualServiceSpecHttpMatch,
} from '../../imports/networking.istio.io';
import { AuthorizationPolicy, AuthorizationPolicySpecAction } from '../../imports/security.istio.io';
import { GATEWAY_POD_LABELS, ISTIO, objectLabels } from '../model/names';
import type { ResolvedHost, ResolvedRoute } from '../model/resolved-fleet';
import { principal } from '../model/spire/spiffe-id';

/** A Gateway and a VirtualService beside the workload, and an AuthorizationPolicy for the gateway's pods. */
export class GatewayHost extends Construct {
  constructor(scope: Construct, id: string, host: ResolvedHost) {
    super(scope, id);
    const labels = { ...objectLabels(host.workload, host.workload) };
    const metadata = { name: host.workload, namespace: host.namespace, labels };
    new Gateway(this, 'gateway', {
      metadata,
      spec: {
        // Istio looks for gateways in all namespaces; the second label is on those of this fleet only.
        selector: { ...GATEWAY_POD_LABELS },
        servers: [
          {
            // A VirtualService of another namespace could add routes for the host, and answer under the gateway's SVID.
            hosts: [`./${host.host}`],
            port: { name: `https-${host.workload}`, number: host.gatewayPort, protocol: 'HTTPS' },
            tls: tls(host),
          },
        ],
      },
    });
    new VirtualService(this, 'virtual-service', {
      metadata,
      spec: {
        hosts: [host.host],
        gateways: [host.workload],
        http: [
          {
            match: host.routes.map(matchOf),
            route: [
              {
                destination: {
                  host: `${host.service}.${host.namespace}.svc.cluster.local`,
                  port: { number: host.port },
                },
              },
            ],
          },
        ],
      },
    });
    new AuthorizationPolicy(this, 'authorization-policy', {
      metadata: { name: `host-${host.workload}`, namespace: ISTIO.namespace, labels },
      spec: {
        action: AuthorizationPolicySpecAction.ALLOW,
        // In Istio's root namespace a policy reaches pods of every namespace that carry the labels.
        selector: { matchLabels: { ...GATEWAY_POD_LABELS } },
        rules: [
          {
            from: [{ source: { principals: host.callers.map(principal) } }],
            // A connection made for one host of the gateway can carry requests for another.
            to: [{ operation: { hosts: [host.host, `${host.host}:*`] } }],
          },
        ],
      },
    });
  }
}

/**
 * The gateway accepts whoever the bundles it holds vouch for, which is every workload of a caller's trust domain;
 * the names narrow that to the callers (istio pilot/pkg/networking/core/listener.go, BuildListenerTLSContext).
 */
function tls({ credential, callers }: ResolvedHost): GatewaySpecServersTls {
  return {
    ...(credential === undefined
      ? { mode: TlsMode.ISTIO_UNDERSCORE_MUTUAL }
      : { mode: TlsMode.MUTUAL, credentialName: credential.secret }),
    subjectAltNames: [...callers],
  };
}

function matchOf({ match, path }: ResolvedRoute): VirtualServiceSpecHttpMatch {
  return { uri: match === 'exact' ? { exact: path } : { prefix: path } };
}
