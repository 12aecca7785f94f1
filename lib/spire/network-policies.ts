/** The NetworkPolicies of SPIRE's pods, which allow only the connections that each needs. */
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { endpointOf } from '../formats/url-endpoint';
import {
  CONTROLLER_MANAGER,
  CSI_DRIVER,
  NAMESPACE_NAME_LABEL,
  objectLabels,
  SPIRE_AGENT,
  SPIRE_SERVER,
  selectorLabels,
} from '../model/names';
import type { ResolvedSpire } from '../model/resolved-fleet';
import { completeSpire } from '../model/spire/without-fleet';
import { egressOfAgents } from '../spire-plugins/by-name/agent-plans';
import { egressRule } from './egress-rule';

export interface NetworkPoliciesProps {
  /** @default - what a fleet has that says nothing of SPIRE */
  readonly spire?: Partial<ResolvedSpire>;
}

/** The destinations that a pod may reach; an empty list means none. Replies need no rule. */
type Egress = k8s.NetworkPolicyEgressRule[];

/** Where a kubelet answers its node's agent. */
const KUBELET_PORT = 10250;

/**
 * The server: agents reach its API and the API server its webhook; it reaches DNS and the API server.
 * What federation adds, the endpoint and each peer say for themselves; policies for the same pods add up.
 * The kubelet's probes need no rule: a node always reaches its own pods.
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export class ServerNetworkPolicy extends Construct {
  constructor(scope: Construct, id: string, props: NetworkPoliciesProps = {}) {
    super(scope, id);
    const spire = completeSpire(props.spire);
    new k8s.KubeNetworkPolicy(this, 'policy', {
      metadata: metadataOf(SPIRE_SERVER.name, spire.serverNamespace),
      spec: {
        podSelector: { matchLabels: selectorLabels(SPIRE_SERVER.name) },
        policyTypes: ['Ingress', 'Egress'],
        ingress: [
          { from: [podsOf(SPIRE_AGENT.name, spire.agentNamespace)], ports: [tcp(SPIRE_SERVER.apiPort)] },
          // The API server is not a pod, and its address is unknown.
          { ports: [tcp(CONTROLLER_MANAGER.webhookPort)] },
        ],
        egress: [dns(spire), { ports: spire.apiServerPorts.map(tcp) }],
      },
    });
  }
}

/** Agents reach their server, DNS, kubelets, the host of their trust bundle and what their plugins dial; the CSI driver nobody. Neither is reached by anybody. */
export class AgentNetworkPolicies extends Construct {
  constructor(scope: Construct, id: string, props: NetworkPoliciesProps = {}) {
    super(scope, id);
    const spire = completeSpire(props.spire);
    const server = { to: [podsOf(SPIRE_SERVER.name, spire.serverNamespace)], ports: [tcp(SPIRE_SERVER.apiPort)] };
    const bundle = spire.agent.trustBundle && endpointOf(spire.agent.trustBundle.url);
    this.closed(SPIRE_AGENT.name, spire.agentNamespace, [
      dns(spire),
      server,
      { ports: [tcp(KUBELET_PORT)] },
      ...(bundle === undefined ? [] : [egressRule(bundle.host, bundle.port, spire.agentNamespace)]),
      ...egressOfAgents(spire).map(({ address, port }) => egressRule(address, port, spire.agentNamespace)),
    ]);
    this.closed(CSI_DRIVER.name, spire.agentNamespace, []);
  }

  /** A policy that lets nobody in. An empty list says the same as none, but is dropped by the API server, so that every apply would change it. */
  private closed(name: string, namespace: string, egress: Egress): void {
    new k8s.KubeNetworkPolicy(this, name, {
      metadata: metadataOf(name, namespace),
      spec: {
        podSelector: { matchLabels: selectorLabels(name) },
        policyTypes: ['Ingress', 'Egress'],
        ...(egress.length === 0 ? {} : { egress }),
      },
    });
  }
}

function metadataOf(name: string, namespace: string): k8s.ObjectMeta {
  return { name, namespace, labels: objectLabels(name, 'spire') };
}

function podsOf(name: string, namespace: string): k8s.NetworkPolicyPeer {
  return {
    namespaceSelector: { matchLabels: { [NAMESPACE_NAME_LABEL]: namespace } },
    podSelector: { matchLabels: selectorLabels(name) },
  };
}

/** To anybody: with NodeLocal DNSCache the answer comes from the node. */
function dns({ dnsPorts }: ResolvedSpire): k8s.NetworkPolicyEgressRule {
  const port = (number: number): k8s.IntOrString => k8s.IntOrString.fromNumber(number);
  return {
    ports: dnsPorts.flatMap((number) => [
      { port: port(number), protocol: 'TCP' },
      { port: port(number), protocol: 'UDP' },
    ]),
  };
}

function tcp(port: number): k8s.NetworkPolicyPort {
  return { port: k8s.IntOrString.fromNumber(port), protocol: 'TCP' };
}
