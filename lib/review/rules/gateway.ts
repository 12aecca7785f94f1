/** Finds added, removed or changed hosts and routes of gateways. */
import { fieldsNamed, isOneOf, isSubstantial, listed, mapsAt, type RiskRule, valueAt } from './risk-rule';

const KINDS = {
  Gateway: ['networking.istio.io', 'gateway.networking.k8s.io'],
  HTTPRoute: ['gateway.networking.k8s.io'],
  Ingress: ['networking.k8s.io'],
  VirtualService: ['networking.istio.io'],
} as const;

export const gateway: RiskRule = {
  name: 'gateway',
  risk: 'access',
  looksFor: 'a Gateway, VirtualService or route that was added, removed or changed',
  why: 'it decides which hosts of a cluster are reachable from outside, for whom, and where each request is sent.',
  assess: (change) => {
    const { action, item } = change;
    if (!isOneOf(item, KINDS) || !isSubstantial(change)) return [];
    if (action !== 'changed') {
      const hosts =
        valueAt(item, 'spec', 'hosts') ?? mapsAt(item, 'spec', 'servers').flatMap(({ hosts: of }) => of ?? []);
      const names = Array.isArray(hosts) && hosts.length > 0 ? ` for ${listed(hosts)}` : '';
      return [
        action === 'added'
          ? `accepts requests from outside${names}`
          : `no longer accepts requests from outside${names}`,
      ];
    }
    const admitted = fieldsNamed(change, 'subjectAltNames');
    const tls = fieldsNamed(change, 'mode', 'credentialName', 'caCertificates');
    return [
      ...(admitted.length > 0
        ? [
            `the SPIFFE IDs that the gateway accepts change: ${listed(admitted.map(({ before, after }) => (after === undefined ? `- ${before}` : `+ ${after}`)))}`,
          ]
        : []),
      ...(tls.length > 0 ? ['the certificate of the gateway, or how it verifies callers, changes'] : []),
      ...(admitted.length + tls.length === 0 ? ['the accepted requests or their destinations change'] : []),
    ];
  },
};
