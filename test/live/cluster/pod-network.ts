/** Gives each node of each cluster its own addresses: on the common network, and for its pods. */
import { NODE_NETWORK } from './switch';

/** Nodes of a cluster: as many as its share of the pods' addresses has networks of 256. */
const MAX_NODES = 16;

/** Addresses of the pods of a node. */
export interface PodNetwork {
  /** Of all pods of the cluster, such as `10.244.16.0/20`. */
  readonly cluster: string;
  /** First three bytes of the addresses of the pods of the node, such as `10.244.17`. */
  readonly prefix: string;
}

/**
 * Address of a node on the common network.
 * @param cluster number of the cluster, from 1 to 9
 * @param node number of the node, from 0
 */
export function nodeAddress(cluster: number, node: number): string {
  return `${NODE_NETWORK.prefix}.${100 + cluster + 10 * node}`;
}

/** The same numbers, for the pods of the node. */
export function podNetwork(cluster: number, node: number): PodNetwork {
  return { cluster: `10.244.${MAX_NODES * cluster}.0/20`, prefix: `10.244.${MAX_NODES * cluster + node}` };
}

/** The range that the plugin host-local gives to the pods of a node, within the network of the cluster. */
export function addressesOn({ cluster, prefix }: PodNetwork): Readonly<Record<string, string>> {
  return { subnet: cluster, gateway: `${prefix}.1`, rangeStart: `${prefix}.2`, rangeEnd: `${prefix}.254` };
}
