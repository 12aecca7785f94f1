/** The federation of one SPIRE server with another trust domain, in a cdk8s app without a fleet file. */
import { App, Chart } from 'cdk8s';
import {
  AgentNetworkPolicies,
  BundleEndpoint,
  ControllerManagerConfig,
  EndpointIngress,
  Exposure,
  FederationLink,
  PeerEgress,
  ServerNetworkPolicy,
  SpireControllerManager,
  SpireCrds,
  SpirePriorityClass,
  SpireServer,
  SpireServerRbac,
  WorkloadIdentity,
} from 'cdk8s-spire';

/** @param roots root certificates in PEM, by trust domain */
export function federation(roots: Readonly<Record<'cluster1.demo' | 'cluster2.demo', string>>): App {
  const app = new App();
  const chart = new Chart(app, 'spire');
  const bundleEndpoint = { address: '192.0.2.10', exposure: Exposure.nodePort(), port: 30443 };
  const server = { trustDomain: 'cluster1.demo', root: roots['cluster1.demo'], bundleEndpoint };
  new SpireCrds(chart, 'crds');
  new SpirePriorityClass(chart, 'priority-class');
  new SpireServerRbac(chart, 'rbac', server);
  new SpireControllerManager(chart, 'controller-manager');
  new ControllerManagerConfig(chart, 'controller-manager-config', server);
  new SpireServer(chart, 'server', server);
  new BundleEndpoint(chart, 'bundle-endpoint', server);

  const bank = { cluster: 'bank', trustDomain: 'cluster2.demo', url: 'https://spire.bank.example:8443' };
  new FederationLink(chart, 'bank', { ...bank, root: roots['cluster2.demo'] });
  new WorkloadIdentity(chart, 'checkout', {
    podLabels: { app: 'checkout' },
    namespace: 'shop',
    serviceAccount: 'checkout',
    federatesWith: ['cluster2.demo'],
  });

  // These policies close the pods of server and agents to everything that they do not need.
  new ServerNetworkPolicy(chart, 'network-policy');
  new AgentNetworkPolicies(chart, 'agent-network-policies');
  new EndpointIngress(chart, 'endpoint-ingress');
  new PeerEgress(chart, 'bank-egress', { peer: bank });
  return app;
}
