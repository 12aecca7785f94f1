/** Something that the fleet does not describe leads to the Service, such as a gateway or a proxy. */
import type { Exposure } from './exposure';

export const clusterIp = {
  name: 'ClusterIP',
  summary: 'something of your own leads from address to the Service',
  serviceType: 'ClusterIP',
  addressOf: 'other',
} as const satisfies Exposure;
