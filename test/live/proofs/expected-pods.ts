/** Derives from the model which pods a cluster must have, with how many containers, and which identity each must get. */
import { CSI_DRIVER, ISTIO, OBSERVABILITY, SPIRE_AGENT, SPIRE_SERVER } from '../../../lib/model/names';
import type { ResolvedCluster } from '../../../lib/model/resolved-fleet';
import { istioSpiffeId } from '../../../lib/model/spire/spiffe-id';

export interface ExpectedPod {
  /** `namespace/name` of the Deployment, DaemonSet or StatefulSet that makes it. */
  readonly madeBy: string;
  /** Containers that run, sidecars included. */
  readonly containers: number;
  /** What SPIRE gives it; absent for a pod outside of the mesh. */
  readonly identity?: ExpectedIdentity;
}

export interface ExpectedIdentity {
  readonly spiffeId: string;
  readonly federatesWith: readonly string[];
  readonly dnsNames: readonly string[];
}

/** Every pod of a cluster, one for each replica and, of DaemonSets, one for each node. */
export function expectedPods(cluster: ResolvedCluster, nodes = 1): readonly ExpectedPod[] {
  const { spire, gateway, observability, upstream } = cluster;
  const inIstio = (name: string): ExpectedPod => ({ madeBy: `${ISTIO.namespace}/${name}`, containers: 1 });
  const server = {
    madeBy: `${spire.serverNamespace}/${SPIRE_SERVER.name}`,
    containers: upstream === undefined ? 2 : 3,
  };
  const onNode = [
    // The walkthrough's agent pod of three containers runs here as two pods.
    { madeBy: `${spire.agentNamespace}/${SPIRE_AGENT.name}`, containers: 1 },
    { madeBy: `${spire.agentNamespace}/${CSI_DRIVER.name}`, containers: 2 },
  ];
  return [
    ...Array.from({ length: spire.server.replicas }, () => server),
    ...Array.from({ length: nodes }, () => onNode).flat(),
    inIstio('istiod'),
    ...(observability !== undefined ? [inIstio(OBSERVABILITY.kiali)] : []),
    ...(observability?.prometheus.deployed ? [inIstio(OBSERVABILITY.prometheus)] : []),
    ...(gateway === undefined
      ? []
      : [{ ...inIstio(ISTIO.gateway), identity: gatewayIdentity(cluster, gateway.spiffeId) }]),
    ...workloadPods(cluster),
  ];
}

function gatewayIdentity({ identities }: ResolvedCluster, spiffeId: string): ExpectedIdentity {
  const rule = identities.find(({ name }) => name === ISTIO.gateway);
  if (rule === undefined) throw new Error('the gateway has no identity');
  return { spiffeId, federatesWith: rule.federatesWith, dnsNames: rule.dnsNames };
}

/** A program and its proxy in each. */
function workloadPods({ workloads, identities, trustDomain }: ResolvedCluster): readonly ExpectedPod[] {
  return workloads.flatMap(({ name, namespace, components }) => {
    const rule = identities.find((identity) => identity.name === `workload-${name}`);
    if (rule === undefined) throw new Error(`${name} has no identity`);
    return components.flatMap(({ serviceAccount, deployments }) => {
      const ownId = !rule.spiffeIdTemplate.includes('{{');
      const spiffeId = ownId ? rule.spiffeIdTemplate : istioSpiffeId(trustDomain, namespace, serviceAccount);
      const identity = { spiffeId, federatesWith: rule.federatesWith, dnsNames: rule.dnsNames };
      return deployments.flatMap((deployment) =>
        Array.from({ length: deployment.replicas }, () => ({
          madeBy: `${namespace}/${deployment.name}`,
          containers: 2,
          identity,
        })),
      );
    });
  });
}
