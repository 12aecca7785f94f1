/** Is what remains known of a cluster's manifests once their text is written and they are let go. */
import type { Layer } from '../model/layers';
import type { ResolvedCluster } from '../model/resolved-fleet';
import type { ManifestFile } from './manifest-file';

export interface InventoriedObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
}

export interface InventoriedFile {
  readonly layer?: Layer;
  readonly path: string;
  readonly objects: readonly InventoriedObject[];
}

/** The inventory of any cluster of the fleet. */
export type InventoryOf = (cluster: ResolvedCluster) => readonly InventoriedFile[];

export function inventoryOf(files: readonly ManifestFile[]): readonly InventoriedFile[] {
  return files.map(({ layer, path, objects }) => ({
    layer,
    path,
    objects: objects.map(({ apiVersion, kind, metadata: { name, namespace } }) => ({
      apiVersion,
      kind,
      name,
      namespace,
    })),
  }));
}
