/** Decides which fields are never shown, in any format. */
import { pathToPrivateKey } from '../problems/private-keys';
import type { FieldChange, Item } from './change';

/** Whether a field belongs to a Secret or holds a private key. */
export function isSecretField({ kind }: Item, { before, after }: FieldChange): boolean {
  return kind === 'Secret' || [before, after].some((value) => pathToPrivateKey(value) !== undefined);
}
