/** Decides how GitOps tools find and apply the output. */
import { DEFAULTS } from '../../fleet/defaults';
import type { Fleet, FleetDelivery } from '../../fleet/schema';
import { suggest } from '../../fleet/suggest';
import { seconds } from '../../formats/duration';
import type { Report } from '../../problems/problem';
import { problemAt, problemAtKey } from '../../problems/problem';
import { goDuration } from '../spire/duration';
import type { ResolvedArgoCd, ResolvedDelivery, ResolvedFlux } from './resolved-delivery';

const TOOLS = ['flux', 'argocd'] as const;

/** Undefined for a fleet that a person applies. */
export function resolveDelivery(fleet: Fleet, report: Report): ResolvedDelivery | undefined {
  const { delivery } = fleet;
  if (delivery === undefined) {
    return undefined;
  }
  checkTools(delivery, report);
  return {
    repo: delivery.repo,
    branch: delivery.branch ?? DEFAULTS.delivery.branch,
    path: trimmed(delivery.path ?? DEFAULTS.delivery.path),
    charts: delivery.charts?.replace(/\/+$/, '') ?? DEFAULTS.delivery.charts,
    flux: delivery.tools.includes('flux') ? resolveFlux(delivery) : undefined,
    argocd: delivery.tools.includes('argocd') ? resolveArgoCd(delivery, fleet, report) : undefined,
  };
}

function checkTools(delivery: FleetDelivery, report: Report): void {
  delivery.tools.forEach((tool, index) => {
    const first = delivery.tools.indexOf(tool);
    if (first < index) {
      report(
        problemAt(['delivery', 'tools', index], 'listed-twice', { got: tool, first: ['delivery', 'tools', first] }),
      );
    }
  });
  for (const tool of TOOLS.filter((candidate) => delivery[candidate] !== undefined)) {
    if (!delivery.tools.includes(tool)) {
      const because = `tools does not name ${tool}`;
      report(problemAtKey(['delivery', tool], 'not-applicable', { key: tool, because, other: ['delivery', 'tools'] }));
    }
  }
}

function resolveFlux({ flux = {} }: FleetDelivery): ResolvedFlux {
  const defaults = DEFAULTS.delivery.flux;
  return {
    central: (flux.runs ?? defaults.runs) === 'in-one-cluster',
    namespace: flux.namespace ?? defaults.namespace,
    secret: flux.secret,
    poll: goDuration(seconds(flux.poll ?? defaults.poll)),
    interval: goDuration(seconds(flux.interval ?? defaults.interval)),
  };
}

function resolveArgoCd({ argocd = {} }: FleetDelivery, fleet: Fleet, report: Report): ResolvedArgoCd {
  checkPatterns(fleet, report);
  const defaults = DEFAULTS.delivery.argocd;
  const clusters = Object.keys(fleet.clusters).sort();
  const names = argocd.clusterNames ?? {};
  for (const got of Object.keys(names).filter((name) => !clusters.includes(name))) {
    const suggestion = suggest(got, clusters);
    report(problemAtKey(['delivery', 'argocd', 'clusterNames', got], 'unknown-cluster', { got, clusters, suggestion }));
  }
  const clusterNames = Object.fromEntries(clusters.map((name) => [name, names[name] ?? name]));
  for (const [cluster, got] of Object.entries(names)) {
    const first = clusters.find((other) => clusterNames[other] === got && other < cluster);
    if (first !== undefined && clusters.includes(cluster)) {
      const place = names[first] === undefined ? ['clusters', first] : ['delivery', 'argocd', 'clusterNames', first];
      report(problemAt(['delivery', 'argocd', 'clusterNames', cluster], 'listed-twice', { got, first: place }));
    }
  }
  return {
    namespace: argocd.namespace ?? defaults.namespace,
    project: argocd.project ?? fleet.fleet,
    parentProject: argocd.parentProject ?? defaults.parentProject,
    clusterNames,
  };
}

/** @see argo-cd pkg/apis/application/v1alpha1/app_project_types.go IsSourcePermitted, which reads sourceRepos as patterns */
function checkPatterns({ delivery }: Fleet, report: Report): void {
  for (const key of ['repo', 'charts'] as const) {
    const got = delivery?.[key];
    if (got === undefined || !got.includes('[')) continue;
    const reason = 'Argo CD reads the brackets in the list of permitted repositories as a pattern';
    const example = got.replace(/\[.*\]/, 'git.example.org');
    report(problemAt(['delivery', key], 'malformed', { what: 'a URL that Argo CD can permit', got, reason, example }));
  }
}

/** `./deploy//dist/` and `deploy/dist` are one folder. */
function trimmed(path: string): string {
  return (
    path
      .split('/')
      .filter((segment) => segment !== '' && segment !== '.')
      .join('/') || '.'
  );
}
