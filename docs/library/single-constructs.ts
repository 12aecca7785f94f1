/** SPIRE's constructs one by one, in a cdk8s app without a fleet file. */
import { App, Chart } from 'cdk8s';
import {
  ControllerManagerConfig,
  Datastore,
  SpiffeCsiDriver,
  SpireAgent,
  SpireAgentRbac,
  SpireControllerManager,
  SpireCrds,
  SpirePriorityClass,
  SpireServer,
  SpireServerRbac,
  UpstreamAuthority,
} from 'cdk8s-spire';

export function singleConstructs(root: string): App {
  const app = new App();
  const chart = new Chart(app, 'spire');
  const spire = { logLevel: 'DEBUG' };
  const server = {
    trustDomain: 'a.example',
    name: 'east',
    spire,
    datastore: Datastore.sqlite(),
    upstreamAuthority: UpstreamAuthority.secret('spire-upstream-ca'),
    root,
  };
  new SpireCrds(chart, 'crds');
  new SpirePriorityClass(chart, 'priority-class');
  new SpireServerRbac(chart, 'server-rbac', server);
  new SpireControllerManager(chart, 'controller-manager', { spire });
  new ControllerManagerConfig(chart, 'controller-manager-config', server);
  new SpireServer(chart, 'server', server);
  new SpireAgentRbac(chart, 'agent-rbac');
  new SpireAgent(chart, 'agent', { trustDomain: 'a.example', name: 'east', spire });
  new SpiffeCsiDriver(chart, 'csi-driver');
  return app;
}
