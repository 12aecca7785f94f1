/** How Flux applies a cluster whose charts are the folders of its layers, and the settings of Argo CD, without a fleet file. */
import { App, Chart } from 'cdk8s';
import {
  ArgoCdHealth,
  ArgoCdProject,
  FluxFollower,
  FluxLayer,
  FluxRelease,
  FluxSource,
  helmValues,
  needsOf,
} from 'cdk8s-spire';

const steps = new Set(['crds', 'spire-server', 'spire-agent', 'identities', 'istio-install', 'istio'] as const);

export function delivery(): App {
  const app = new App();
  const shop = { fleet: 'shop', delivery: { repo: 'https://git.example.org/shop.git' } };

  const flux = new Chart(app, 'flux');
  new FluxSource(flux, 'source', shop);
  new FluxFollower(flux, 'follower', { ...shop, folder: 'flux' });
  for (const step of steps) {
    new FluxLayer(flux, step, { ...shop, cluster: 'east', step, needs: needsOf(step, steps) });
  }

  // The folder of the step `istio-install`.
  const releases = new Chart(app, 'istio-install');
  const { base, istiod } = helmValues({ trustDomain: 'a.example', name: 'east' });
  new FluxRelease(releases, 'base', { ...shop, cluster: 'east', chart: 'base', values: base });
  new FluxRelease(releases, 'istiod', { ...shop, cluster: 'east', chart: 'istiod', values: istiod, charts: ['base'] });

  const argocd = new Chart(app, 'argocd');
  new ArgoCdHealth(argocd, 'health');
  new ArgoCdProject(argocd, 'project', { ...shop, clusters: [{ name: 'east' }] });
  return app;
}
