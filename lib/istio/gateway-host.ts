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
import type { ResolvedRoute } from '../model/resolved-fleet';
import { principal } from '../model/spire/spiffe-id';
import { type CompleteHost, completeHost, type HostSettings } from '../model/workloads/without-fleet';

/**
 * A Gateway and a VirtualService beside the workload, and an AuthorizationPolicy for the gateway's pods.
 * @throws Error if nobody may call
 */
export class GatewayHost extends Construct {
  constructor(scope: Construct, id: string, settings: HostSettings) {
    super(scope, id);
    const host = completeHost(settings, id);
    const labels = { ...objectLabels(host.workload, host.workload) };
    const metadata = { name: host.workload, namespace: host.namespace, labels };
    new Gateway(this, 'gateway', {
      metadata,
      spec: {
        // Istio looks for gateways in all namespaces. Only those that get their identity from SPIRE have the second label.
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
 * The gateway holds the bundles of the callers' trust domains, so it would accept every workload of them. The names limit
 * that to the callers (istio pilot/pkg/networking/core/listener.go, BuildListenerTLSContext).
 */
function tls({ credential, callers }: CompleteHost): GatewaySpecServersTls {
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
