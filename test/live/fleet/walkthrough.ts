/** Names the parts of the walkthrough's call, as the model decided them: who calls, who is called, and the gateway between. */
import type { ResolvedCluster, ResolvedFleet, ResolvedWorkload } from '../../../lib/model/resolved-fleet';
import type { ContainerTarget } from '../cluster/kubectl';

export interface Walkthrough {
  readonly caller: ContainerTarget & { readonly cluster: string; readonly spiffeId: string };
  readonly called: { readonly cluster: string; readonly namespace: string; readonly service: string };
  readonly gateway: ContainerTarget & {
    readonly address: string;
    readonly port: number;
    readonly spiffeId: string;
  };
  /** Name under which the caller knows the called. */
  readonly host: string;
  /** What a person calls: plain HTTP, which the proxies make mutual TLS. */
  readonly page: string;
}

/** The gateway's Deployment is not in the output: Istio's installation makes it, under this name. */
const GATEWAY = { namespace: 'istio-system', workload: 'deployment/istio-ingressgateway' } as const;

/** Fails for a fleet that does not have exactly one call from one cluster to another. */
export function walkthroughOf({ calls, clusters }: ResolvedFleet): Walkthrough {
  const [call, ...others] = calls.filter(({ callerCluster, calledCluster }) => callerCluster !== calledCluster);
  if (call === undefined || others.length > 0) throw new Error('the walkthrough has one call between clusters');
  const callerCluster = findByName(clusters, call.callerCluster);
  const calledCluster = findByName(clusters, call.calledCluster);
  const caller = findByName(callerCluster.workloads, call.caller);
  const [host] = calledCluster.gateway?.hosts ?? [];
  const { gateway } = calledCluster;
  const spiffeId = host?.callers[0];
  if (gateway === undefined || host === undefined || spiffeId === undefined) throw new Error('nobody serves the call');
  return {
    caller: { cluster: callerCluster.name, spiffeId, ...containerOf(caller) },
    called: { cluster: calledCluster.name, namespace: host.namespace, service: host.service },
    gateway: { ...GATEWAY, address: gateway.address, port: gateway.port, spiffeId: gateway.spiffeId },
    host: host.host,
    page: `http://${host.host}${host.routes[0]?.path ?? '/'}`,
  };
}

function containerOf({ name, namespace, components }: ResolvedWorkload): ContainerTarget {
  const [component] = components;
  const [deployment] = component?.deployments ?? [];
  if (component === undefined || deployment === undefined) throw new Error(`${name} is not deployed by the output`);
  return { namespace, workload: `deployment/${deployment.name}`, container: component.name };
}

function findByName<Item extends ResolvedCluster | ResolvedWorkload>(items: readonly Item[], name: string): Item {
  const found = items.find((item) => item.name === name);
  if (found === undefined) throw new Error(`the fleet has no ${name}`);
  return found;
}
