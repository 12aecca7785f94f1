/** Recognizes the objects of GitOps tools, which deliver the output. */
import { TOOLS } from '../../delivery/settings-catalog';
import type { Item } from '../change';

export function isDeliveryObject({ group = '' }: Item): boolean {
  return TOOLS.some(({ apiGroups }) => apiGroups.test(group));
}
