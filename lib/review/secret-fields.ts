/** Decides which fields are hidden in every format. */
import { pathToPrivateKey } from '../problems/private-keys';
import type { FieldChange, Item } from './change';

/** Whether a field belongs to a Secret or contains a private key. */
export function isSecretField({ kind }: Item, { before, after }: FieldChange): boolean {
  return kind === 'Secret' || [before, after].some((value) => pathToPrivateKey(value) !== undefined);
}
