/** A rule of a NetworkPolicy for connections to one address and port. */
import { k8s } from 'cdk8s-plus-27';
import { addressPeers, servicePeers } from '../model/cluster/network-peers';

/**
 * @param port of the Service, or of the server itself if the address is no Service
 * @param namespace of the pods that connect
 */
export function egressRule(address: string, port: number, namespace: string): k8s.NetworkPolicyEgressRule {
  const service = servicePeers(address, namespace);
  return service === undefined
    ? { to: addressPeers(address), ports: [{ port: k8s.IntOrString.fromNumber(port), protocol: 'TCP' }] }
    : { to: service };
}
