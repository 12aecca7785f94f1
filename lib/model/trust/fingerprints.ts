/** The annotation that shows reviewers which certificates an object holds. */
import { FINGERPRINTS_ANNOTATION } from '../names';
import type { ResolvedBundle } from '../resolved-fleet';

/** Annotations of an object that holds a bundle. */
export function fingerprintsOf({ authorities }: Pick<ResolvedBundle, 'authorities'>): {
  readonly [key: string]: string;
} {
  return { [FINGERPRINTS_ANNOTATION]: authorities.map(({ fingerprint }) => fingerprint).join(' ') };
}
