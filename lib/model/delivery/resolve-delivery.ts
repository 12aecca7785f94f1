/** Resolves how GitOps tools find and apply the output. */

import { type ResolvedTools, TOOL_NAMES, TOOLS } from '../../delivery/settings-catalog';
import { DEFAULTS } from '../../fleet/defaults';
import type { Fleet, FleetDelivery } from '../../fleet/schema';
import type { Report } from '../../problems/problem';
import { problemAt, problemAtKey } from '../../problems/problem';
import type { ResolvedDelivery } from './resolved-delivery';

/** Undefined for a fleet without GitOps tools. */
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
    charts: chartRepository(delivery),
    ...resolveTools(delivery, fleet, report),
  };
}

/** The repository of Istio's charts, also for a fleet without GitOps tools. */
export function chartRepository(delivery: Pick<FleetDelivery, 'charts'> = {}): string {
  return delivery.charts?.replace(/\/+$/, '') ?? DEFAULTS.delivery.charts;
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
  for (const tool of TOOL_NAMES.filter((candidate) => delivery[candidate] !== undefined)) {
    if (!delivery.tools.includes(tool)) {
      const because = `tools does not name ${tool}`;
      report(problemAtKey(['delivery', tool], 'not-applicable', { key: tool, because, other: ['delivery', 'tools'] }));
    }
  }
}

function resolveTools(delivery: FleetDelivery, fleet: Fleet, report: Report): ResolvedTools {
  const repository = {
    fleet: fleet.fleet,
    clusters: Object.keys(fleet.clusters).sort(),
    repo: delivery.repo,
    charts: delivery.charts,
  };
  const used = TOOLS.filter(({ name }) => delivery.tools.includes(name));
  return Object.fromEntries(
    used.map((tool) => [tool.name, tool.resolve(delivery[tool.name] ?? {}, repository, report)]),
  );
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
