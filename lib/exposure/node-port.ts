/** Every node forwards a port to the Service. */
import type { Exposure } from './exposure';

export const nodePort = {
  name: 'NodePort',
  summary: 'the address is that of a node, and port is the port of every node',
  serviceType: 'NodePort',
  addressOf: 'node',
  /** The default of Kubernetes, --service-node-port-range of the API server. */
  nodePorts: { from: 30000, to: 32767 },
} as const satisfies Exposure;
