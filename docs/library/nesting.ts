/** Two clusters in one trust domain: the SPIRE server of one signs the CA of the other, without a fleet file. */
import { App, Chart } from 'cdk8s';
import {
  ControllerManagerConfig,
  NestedServer,
  PluginEgressPolicy,
  ServerApi,
  SpireControllerManager,
  SpireCrds,
  SpirePriorityClass,
  SpireServer,
  type SpireServerProps,
  SpireServerRbac,
  UpstreamAgent,
} from 'cdk8s-spire';

/**
 * @param root of the trust domain, in PEM
 * @param nestedRoot of the certificates by which nested servers attest, in PEM; another one than `root`
 */
export function nesting(root: string, nestedRoot: string): { readonly upper: App; readonly nested: App } {
  const upper = new App();
  const above = {
    trustDomain: 'a.example',
    name: 'east',
    root,
    serverApi: { address: '192.0.2.12', rootPem: nestedRoot },
  };
  const east = new Chart(upper, 'east');
  addServer(east, above);
  new ServerApi(east, 'server-api', above);
  new NestedServer(east, 'west', above);

  const nested = new App();
  const below = { trustDomain: 'a.example', name: 'west', root, upstream: { address: '192.0.2.12' } };
  const west = new Chart(nested, 'west');
  addServer(west, below);
  new UpstreamAgent(west, 'upstream-agent', below);
  new PluginEgressPolicy(west, 'egress', {
    egress: { policy: 'spire-upstream-agent', address: '192.0.2.12', port: 8081 },
  });
  return { upper, nested };
}

function addServer(chart: Chart, server: SpireServerProps): void {
  new SpireCrds(chart, 'crds');
  new SpirePriorityClass(chart, 'priority-class');
  new SpireServerRbac(chart, 'rbac', server);
  new SpireControllerManager(chart, 'controller-manager');
  new ControllerManagerConfig(chart, 'controller-manager-config', server);
  new SpireServer(chart, 'server', server);
}
