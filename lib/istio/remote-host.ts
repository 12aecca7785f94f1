/** A host of another cluster as its callers see it: plain HTTP becomes mutual TLS to that cluster's gateway. */
import { isIP } from 'node:net';
import { Construct } from 'constructs';
import {
  DestinationRule,
  DestinationRuleSpecTrafficPolicyConnectionPoolHttpH2UpgradePolicy as H2UpgradePolicy,
  ServiceEntrySpecLocation as Location,
  ServiceEntrySpecResolution as Resolution,
  ServiceEntry,
  DestinationRuleSpecTrafficPolicyTlsMode as TlsMode,
} from '../../imports/networking.istio.io';
import { objectLabels } from '../model/names';
import { completeRemoteHost, type RemoteHostSettings } from '../model/workloads/without-fleet';

/** Port that callers write, or leave out: http://bookinfo.com/. */
const HTTP_PORT = 80;

/** A ServiceEntry and a DestinationRule, visible in the namespace of the callers alone. */
export class RemoteHost extends Construct {
  constructor(scope: Construct, id: string, settings: RemoteHostSettings) {
    super(scope, id);
    const call = completeRemoteHost(settings, id);
    const metadata = {
      name: call.name,
      namespace: call.namespace,
      labels: { ...objectLabels(call.called, call.called) },
    };
    // The host is visible only in the namespace of the callers.
    const exportTo = ['.'];
    new ServiceEntry(this, 'service-entry', {
      metadata,
      spec: {
        hosts: [call.host],
        exportTo,
        location: Location.MESH_UNDERSCORE_EXTERNAL,
        ports: [{ name: 'http', number: HTTP_PORT, protocol: 'HTTP', targetPort: call.gatewayPort }],
        resolution: isIP(call.gatewayAddress) ? Resolution.STATIC : Resolution.DNS,
        endpoints: [{ address: call.gatewayAddress }],
      },
    });
    new DestinationRule(this, 'destination-rule', {
      metadata,
      spec: {
        host: call.host,
        exportTo,
        trafficPolicy: {
          // A gateway of the fleet speaks HTTP/2; what stands before a partner's programs may not.
          ...(call.http2 && { connectionPool: { http: { h2UpgradePolicy: H2UpgradePolicy.UPGRADE } } }),
          tls: {
            mode: TlsMode.ISTIO_UNDERSCORE_MUTUAL,
            sni: call.host,
            // Any workload of the peer's trust domain could answer; only this one may.
            subjectAltNames: [call.serverSpiffeId],
          },
        },
      },
    });
  }
}
