/** Test commands for each call to another cluster, run in a pod of the caller. */

import { IMAGES } from '../images/images';
import type { ResolvedCluster, ResolvedFleet, ResolvedRoute, ResolvedWorkload } from '../model/resolved-fleet';
import { shellWord } from '../problems/shell';

export interface TrialCall {
  /** A sentence that names the caller, the called workload and the expected status. */
  readonly says: string;
  readonly command: string;
  /** Whether the caller's image is known to contain curl. */
  readonly hasCurl: boolean;
}

/** Trials of the calls that go through proxies, in the order of the fleet. Calls of programs without a proxy have none. */
export function trialCalls(fleet: ResolvedFleet): readonly TrialCall[] {
  const clusters = new Map(fleet.clusters.map((cluster) => [cluster.name, cluster]));
  return fleet.calls.flatMap(({ caller, callerCluster, called, calledCluster }) => {
    const from = clusters.get(callerCluster);
    const workload = workloadOf(from, caller);
    const way = from?.remoteCalls.find((call) => call.called === called && call.namespace === workload?.namespace);
    if (from === undefined || workload === undefined || way === undefined || !workload.proxied) return [];
    const { path, answer } = expectationOf(called, clusters.get(calledCluster));
    return [
      {
        says: `${caller} -> ${called}: ${answer}`,
        command: `${execIn(from, workload)} -- ${curlOf(`http://${way.host}${path}`)}`,
        hasCurl: imagesOf(workload).includes(IMAGES.curl),
      },
    ];
  });
}

function workloadOf(cluster: ResolvedCluster | undefined, name: string): ResolvedWorkload | undefined {
  return cluster?.workloads.find((workload) => workload.name === name);
}

function imagesOf({ components }: ResolvedWorkload): readonly string[] {
  return components.flatMap(({ deployments }) => deployments.map(({ image }) => image));
}

interface Expectation {
  /** A path that the gateway of the called cluster allows. */
  readonly path: string;
  readonly answer: string;
}

/** @param cluster absent for a workload of a partner, whose routes the fleet does not know */
function expectationOf(called: string, cluster: ResolvedCluster | undefined): Expectation {
  const routes = cluster?.gateway?.hosts.find(({ workload }) => workload === called)?.routes ?? [];
  const page = workloadOf(cluster, called)?.page;
  if (page !== undefined && routes.some((route) => letsThrough(route, page))) return { path: page, answer: '200' };
  const path = (routes.find(({ match }) => match === 'exact') ?? routes[0])?.path ?? '/';
  return { path, answer: `200, or another status of the program at this path` };
}

function letsThrough({ match, path }: ResolvedRoute, wanted: string): boolean {
  return match === 'exact' ? path === wanted : wanted.startsWith(path);
}

/** `kubectl exec` in a pod of the workload. Pods that the output does not deploy are found by their labels. */
function execIn(cluster: ResolvedCluster, { namespace, components, expectedPods }: ResolvedWorkload): string {
  const kubectl = `kubectl --context ${cluster.name}`;
  const [component] = components;
  if (component !== undefined) {
    return `${kubectl} exec -n ${namespace} deploy/${component.deployments[0]?.name} -c ${component.name}`;
  }
  const labels = Object.entries(expectedPods?.labels ?? {}).map(([key, value]) => `${key}=${value}`);
  const running = '--field-selector status.phase=Running';
  const pod = `${kubectl} get pods -n ${namespace} -l ${labels.join(',')} ${running} -o name`;
  return `${kubectl} exec -n ${namespace} "$(${pod} | head -n 1)"`;
}

/** A curl command that prints only the status. The fleet writes routes as clients send them, so the URL needs no encoding. */
function curlOf(url: string): string {
  // curl would expand brackets into several URLs.
  const literal = /[[\]]/.test(url) ? ' --globoff' : '';
  return `curl -s${literal} -o /dev/null -w '%{http_code}\\n' --max-time 20 ${shellWord(url)}`;
}
