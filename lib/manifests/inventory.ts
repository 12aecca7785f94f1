/** Is what remains known of a cluster's manifests once their text is written and they are let go. */
import type { Layer } from '../model/delivery/layers';
import type { ResolvedCluster } from '../model/resolved-fleet';
import type { ManifestFile } from './manifest-file';
import { Kept } from './memo-cache';

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

/** Keeps one of equal objects: most of a cluster are those of every other, and their names are what a large fleet leaves in memory. */
export class InventoryPool {
  private readonly objects = new Kept<InventoriedObject>(1024, 128);

  share(files: readonly InventoriedFile[]): readonly InventoriedFile[] {
    return files.map((file) => ({ ...file, objects: file.objects.map((object) => this.shared(object)) }));
  }

  private shared(object: InventoriedObject): InventoriedObject {
    const { apiVersion, kind, namespace = '', name } = object;
    return this.objects.of(`${apiVersion}/${kind}/${namespace}/${name}`, () => object);
  }
}
