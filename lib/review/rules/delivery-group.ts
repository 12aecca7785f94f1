/** Knows what delivers the output: the objects of GitOps tools. */
import { TOOLS } from '../../gitops/catalog';
import type { Item } from '../change';

export function isDelivery({ group = '' }: Item): boolean {
  return TOOLS.some(({ apiGroups }) => apiGroups.test(group));
}
