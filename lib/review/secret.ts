/** Knows what of an output is shown to nobody, in any format. */
import { pathToPrivateKey } from '../problems/private-keys';
import type { FieldChange, Item } from './change';

/** A field of a Secret, or one with a private key, wherever it stands. */
export function isSecret({ kind }: Item, { before, after }: FieldChange): boolean {
  return kind === 'Secret' || [before, after].some((value) => pathToPrivateKey(value) !== undefined);
}
