/** A fleet of two clusters, one of them with a gateway, as it is delivered. */

import { buildCluster } from '../../lib/manifests/cluster-app';
import { buildDelivery, type DeliveryFiles } from '../../lib/manifests/delivery-app';
import { type InventoriedFile, inventoryOf } from '../../lib/manifests/inventory';
import type { KubernetesObject } from '../../lib/manifests/kubernetes-object';
import type { ManifestFile } from '../../lib/manifests/manifest-file';
import type { ResolvedCluster, ResolvedFleet } from '../../lib/model/resolved-fleet';
import { PAIR, resolveText } from '../resolved';

export interface Delivered extends DeliveryFiles {
  readonly fleet: ResolvedFleet;
  /** Manifests of each cluster. */
  readonly manifestsOf: ReadonlyMap<string, readonly ManifestFile[]>;
}

/** @param delivery what stands under the key, in YAML's flow style; repo is added */
export async function deliver(delivery: string, text = PAIR): Promise<Delivered> {
  const key = `delivery: { repo: https://git.test/fleet.git, ${delivery} }`;
  const { fleet } = await resolveText(`${text.trim()}\n${key}\n`);
  if (fleet === undefined) throw new Error('the fleet has a fault');
  const manifestsOf = new Map(fleet.clusters.map((cluster) => [cluster.name, buildCluster(cluster)]));
  const inventory = ({ name }: ResolvedCluster): readonly InventoriedFile[] => inventoryOf(manifestsOf.get(name) ?? []);
  return { fleet, manifestsOf, ...buildDelivery(fleet, inventory) };
}

/** The objects of a kind, by name. */
export function objectsOf({ manifests }: DeliveryFiles, kind: string): ReadonlyMap<string, KubernetesObject> {
  const objects = manifests.flatMap((file) => file.objects).filter((object) => object.kind === kind);
  return new Map(objects.map((object) => [object.metadata.name, object]));
}

/** The spec of an object, as far as a test says it looks like. */
export function specOf<Spec>(delivered: DeliveryFiles, kind: string, name: string): Spec {
  const object = objectsOf(delivered, kind).get(name);
  if (object === undefined) throw new Error(`no ${kind} is named ${name}`);
  return object.spec as Spec;
}
