/** A load balancer gives the Service its address. */
import type { Exposure } from './exposure';

export const loadBalancer = {
  name: 'LoadBalancer',
  summary: 'a load balancer gives the Service this address',
  serviceType: 'LoadBalancer',
  addressOf: 'service',
} as const satisfies Exposure;
