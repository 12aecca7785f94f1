/** The kustomization.yaml of each layer and of each cluster, so that kubectl, Flux and Argo CD can apply a layer or a whole cluster. */
import type { KustomizePatch } from '../delivery/tool-output';
import { LAYERS } from '../model/delivery/layers';
import type { InventoriedFile } from './inventory';

export interface Kustomization {
  readonly path: string;
  readonly content: {
    readonly apiVersion: 'kustomize.config.k8s.io/v1beta1';
    readonly kind: 'Kustomization';
    readonly resources: readonly string[];
    readonly patches?: readonly KustomizePatch[];
  };
}

/** One kustomization for each layer that has objects, and one that lists these layers in order. */
export function kustomizationsOf(
  cluster: string,
  files: readonly Pick<InventoriedFile, 'layer' | 'path'>[],
): readonly Kustomization[] {
  const layers = LAYERS.filter((layer) => files.some((file) => file.layer === layer));
  return [
    kustomization(`${cluster}/kustomization.yaml`, layers),
    ...layers.map((layer) =>
      kustomization(
        `${cluster}/${layer}/kustomization.yaml`,
        files
          .filter((file) => file.layer === layer)
          .map((file) => file.path.slice(`${cluster}/${layer}/`.length))
          .sort(),
      ),
    ),
  ];
}

/** One kustomization; its patches apply to all of its resources. */
export function kustomization(
  path: string,
  resources: readonly string[],
  patches: readonly KustomizePatch[] = [],
): Kustomization {
  const content = { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', resources } as const;
  return { path, content: patches.length === 0 ? content : { ...content, patches } };
}
