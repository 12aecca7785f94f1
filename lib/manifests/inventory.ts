/** The names of the objects in a cluster's files. Nothing else of the manifests is kept once their text is written. */
import type { Layer } from '../model/delivery/layers';
import type { ResolvedCluster } from '../model/resolved-fleet';
import type { ManifestFile } from './manifest-file';
import { MemoCache } from './memo-cache';

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

/** Returns the inventory of a cluster of the fleet. */
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

/** Shares equal entries between clusters, so that the inventories of a large fleet need little memory. */
export class InventoryPool {
  private readonly objects = new MemoCache<InventoriedObject>(1024, 128);

  share(files: readonly InventoriedFile[]): readonly InventoriedFile[] {
    return files.map((file) => ({ ...file, objects: file.objects.map((object) => this.shared(object)) }));
  }

  private shared(object: InventoriedObject): InventoriedObject {
    const { apiVersion, kind, namespace = '', name } = object;
    return this.objects.of(`${apiVersion}/${kind}/${namespace}/${name}`, () => object);
  }
}
