/** Knows what delivers the output: the objects of Argo CD and Flux. */
import type { Item } from '../change';

export function isDelivery({ group = '' }: Item): boolean {
  return /^(argoproj\.io|.*\.toolkit\.fluxcd\.io)$/.test(group);
}
