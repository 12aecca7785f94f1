/** stub */
import type { ResolvedCluster } from '../model/resolved-fleet';
import type { Problem } from '../problems/problem';
import type { ManifestFile } from './manifest-file';
export function checkCluster(_c: ResolvedCluster, _f: readonly ManifestFile[]): readonly Problem[] {
  return [];
}
