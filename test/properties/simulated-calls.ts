/** Plays a call through the model of the clusters: what the caller holds, where it arrives, who lets it in. */
import { homeOf, trustDomainOf, type WrittenFleet, type WrittenWorkload } from './fleets';
import { isSigned } from './nested-servers';
import { type RunningPod, SimulatedCluster, type Svid, selects } from './world';

export type Outcome = 'allowed' | 'refused' | 'open';

/** A workload as whoever deploys or runs it knows it. */
interface Described extends WrittenWorkload {
  readonly preset?: string;
  readonly image?: string;
  readonly pods?: { readonly labels: Readonly<Record<string, string>> };
  readonly host?: string;
  readonly spiffeId?: string;
  readonly credential?: object;
}

/** Somebody who calls: an SVID, and the namespace of the proxy that routes, if there is one. */
interface Caller {
  readonly svid: Svid;
  /** Its cluster, or the partner. */
  readonly home: string;
  readonly routedFrom?: string;
}

export class SimulatedFleet {
  private readonly clusters: ReadonlyMap<string, SimulatedCluster>;

  constructor(
    private readonly document: WrittenFleet,
    files: Readonly<Record<string, string>>,
  ) {
    this.clusters = new Map(Object.keys(document.clusters).map((name) => [name, new SimulatedCluster(name, files)]));
  }

  /** What becomes of a call that is made the way the objects lead. */
  outcomeOf(callerName: string, calledName: string): Outcome {
    return this.judge(callerName, calledName, (caller) => caller);
  }

  /** What becomes of it when the caller takes its SVID into its own hands and dials wherever it wants. */
  outcomeOfTrespass(callerName: string, calledName: string): Outcome {
    return this.judge(callerName, calledName, ({ svid, home }) => ({ svid, home }));
  }

  private judge(callerName: string, calledName: string, disguise: (caller: Caller) => Caller): Outcome {
    const [caller, called] = [this.described(callerName), this.described(calledName)];
    const callers = this.callersOf(callerName, caller).map(disguise);
    const outcomes = callers.map((one) =>
      homeOf(caller) === homeOf(called) ? this.local(one, calledName, called) : this.remote(one, calledName, called),
    );
    if (outcomes.length === 0 || outcomes.includes('refused')) return 'refused';
    return outcomes.includes('open') ? 'open' : 'allowed';
  }

  /** Every pod that the workload consists of; none where one of them is left without exactly one SVID. */
  private callersOf(name: string, workload: Described): readonly Caller[] {
    const home = homeOf(workload);
    const cluster = this.clusters.get(home);
    if (cluster === undefined) {
      const trustDomain = trustDomainOf(this.document, homeOf(workload)) ?? '';
      const spiffeId = `spiffe://${trustDomain}${workload.spiffeId}`;
      return [{ home, svid: { spiffeId, trusts: [trustDomain, ...this.knownToPartner()] } }];
    }
    // Who stands under no root is believed by nobody.
    if (!isSigned(cluster, [...this.clusters.values()])) return [];
    const callers = podsOf(cluster, name, workload).map((pod) => {
      const [svid, second] = cluster.svidsOf(pod);
      const routedFrom = cluster.isProxied(pod) ? pod.namespace : undefined;
      return svid === undefined || second !== undefined ? undefined : { svid, home, routedFrom };
    });
    return callers.includes(undefined) ? [] : (callers as readonly Caller[]);
  }

  private local({ svid }: Caller, name: string, workload: Described): Outcome {
    const cluster = this.clusters.get(homeOf(workload));
    return cluster === undefined ? 'open' : arrival(cluster, name, workload, svid.spiffeId);
  }

  private remote(caller: Caller, name: string, workload: Described): Outcome {
    const { host } = workload;
    if (host === undefined) return 'refused';
    const direct = { address: this.addressOf(homeOf(workload)), expected: undefined };
    const way =
      caller.routedFrom === undefined ? direct : this.clusters.get(caller.home)?.wayFrom(caller.routedFrom, host);
    if (way?.address === undefined) return 'refused';
    const there = [...this.clusters.values()].find((cluster) => cluster.gatewayAddress() === way.address);
    if (there !== undefined && !isSigned(there, [...this.clusters.values()])) return 'refused';
    if (there !== undefined) return this.throughGateway(caller, way.expected, there, name, workload);
    const partner = trustDomainOf(this.document, 'partner') ?? '';
    return way.address === 'gateway.partner.example' && caller.svid.trusts.includes(partner) ? 'open' : 'refused';
  }

  private throughGateway(
    { svid }: Caller,
    expected: readonly string[] | undefined,
    cluster: SimulatedCluster,
    name: string,
    workload: Described,
  ): Outcome {
    const host = workload.host ?? '';
    const pod = cluster.gatewayPod();
    const server = cluster.serverFor(host);
    const [own, second] = pod === undefined ? [] : cluster.svidsOf(pod);
    if (pod === undefined || server === undefined || own === undefined || second !== undefined) return 'refused';
    const served =
      server.tls.mode === 'ISTIO_MUTUAL' ? own.spiffeId : certificateOf(name, workload, cluster.trustDomain);
    const callerDomain = svid.spiffeId.split('/')[2] ?? '';
    const handshake =
      svid.trusts.includes(cluster.trustDomain) &&
      (expected === undefined || expected.includes(served)) &&
      // With a certificate of its own, ca.crt verifies callers; the README says whose.
      (server.tls.mode === 'MUTUAL' || own.trusts.includes(callerDomain)) &&
      (server.tls.subjectAltNames ?? []).includes(svid.spiffeId);
    if (!handshake || cluster.admits(pod, svid.spiffeId, { host }) === 'no') return 'refused';
    return arrival(cluster, name, workload, own.spiffeId);
  }

  private described(name: string): Described {
    return (this.document.workloads[name] ?? {}) as Described;
  }

  private addressOf(home: string): string | undefined {
    return this.clusters.get(home)?.gatewayAddress() ?? (home === 'partner' ? 'gateway.partner.example' : undefined);
  }

  /** Whose bundles the partner holds: those of the clusters that federate with it. */
  private knownToPartner(): readonly string[] {
    return (this.document.federation ?? [])
      .flatMap(({ between }) => (between as readonly string[] | undefined) ?? [])
      .flatMap((name, _, all) => (all.includes('partner') ? (trustDomainOf(this.document, name) ?? []) : []));
  }
}

/** At the pods: with a proxy the policies have the word, without one the program has. */
function arrival(cluster: SimulatedCluster, name: string, workload: Described, spiffeId: string): Outcome {
  const pods = podsBehind(cluster, name, workload);
  if (pods.length === 0) return 'refused';
  const outcomes = pods.map((pod): Outcome => {
    if (!cluster.isProxied(pod)) return 'open';
    const [svid, second] = cluster.svidsOf(pod);
    const wanted = `spiffe://${cluster.trustDomain}/ns/${pod.namespace}/sa/${pod.serviceAccount}`;
    const admitted = cluster.admits(pod, spiffeId, { port: workload.preset === 'bookinfo' ? 9080 : 8080 });
    if (svid === undefined || second !== undefined || admitted === 'no') return 'refused';
    // Istio expects its own form of every server; another means that callers refuse it.
    if (svid.spiffeId !== wanted && admitted === 'yes') return 'refused';
    return admitted === 'open' ? 'open' : 'allowed';
  });
  if (outcomes.includes('refused')) return 'refused';
  return outcomes.includes('open') ? 'open' : 'allowed';
}

/** Pods that a Service in front of a workload finds. */
function podsBehind(cluster: SimulatedCluster, name: string, workload: Described): readonly RunningPod[] {
  if (workload.pods !== undefined) return podsOf(cluster, name, workload);
  const selector = cluster.selectorOf(name, workload.preset === 'bookinfo' ? 'productpage' : name);
  return selector === undefined
    ? []
    : cluster.deployedPods(name).filter(({ labels }) => selects({ matchLabels: selector }, labels));
}

/** Pods from elsewhere are deployed as the README asks for; all others are in the output. */
function podsOf(cluster: SimulatedCluster, name: string, { pods }: Described): readonly RunningPod[] {
  if (pods === undefined) return cluster.deployedPods(name);
  const pod = { namespace: name, serviceAccount: name, labels: pods.labels };
  const meshed = { ...pod, annotations: { 'inject.istio.io/templates': 'sidecar,spire' }, csiDrivers: [] };
  return [cluster.isProxied(meshed) ? meshed : { ...pod, annotations: {}, csiDrivers: ['csi.spiffe.io'] }];
}

/** SPIFFE ID of the certificate in the Secret that the README asks for: the workload's own. */
function certificateOf(name: string, { preset, spiffeId }: Described, trustDomain: string): string {
  const serviceAccount = preset === 'bookinfo' ? 'bookinfo-productpage' : name;
  return `spiffe://${trustDomain}${spiffeId ?? `/ns/${name}/sa/${serviceAccount}`}`;
}
