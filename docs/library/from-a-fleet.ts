/** Single constructs for each cluster of a fleet file, in a cdk8s app. */
import { App, Chart } from 'cdk8s';
import {
  FederationLink,
  loadFleet,
  permissionsOf,
  renderProblems,
  resolve,
  SpireServer,
  SpireServerRbac,
} from 'cdk8s-spire';

export function fromAFleet(file: string): App {
  const { fleet: written, readTrustFile, problems, source } = loadFleet(file);
  if (written === undefined) throw new Error(renderProblems(problems, source));
  const resolution = resolve(written, { readTrustFile, now: new Date() });
  if (resolution.fleet === undefined) throw new Error(renderProblems(resolution.problems, source));

  const app = new App();
  for (const cluster of resolution.fleet.clusters) {
    const chart = new Chart(app, cluster.name);
    new SpireServerRbac(chart, 'rbac', { ...cluster, permissions: permissionsOf(cluster.plugins) });
    new SpireServer(chart, 'server', cluster);
    for (const peer of cluster.peers) new FederationLink(chart, `federation-${peer.cluster}`, peer);
  }
  return app;
}
