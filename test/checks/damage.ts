/** Objects of a cluster, damaged on purpose, to see what the checks of the output say. */
import { buildCluster } from '../../lib/manifests/cluster-app';
import type { KubernetesObject } from '../../lib/manifests/kubernetes-object';
import type { ManifestFile } from '../../lib/manifests/manifest-file';
import type { ResolvedCluster } from '../../lib/model/resolved-fleet';

// Objects are damaged at places that their types forbid.
// biome-ignore lint/suspicious/noExplicitAny: see above
export type Mutable = any;

/** Changes a copy of an object. The object is left out if it returns nothing. */
export type Damage = (object: Mutable) => Mutable | undefined;

/** A change in place. */
export const edit =
  (change: (object: Mutable) => void): Damage =>
  (object: Mutable): Mutable => {
    change(object);
    return object;
  };

export const remove: Damage = () => undefined;

/** Replaces a text in a value of a ConfigMap. */
export const inConfig = (key: string, from: string, to: string): Damage =>
  edit((object) => {
    expect(object.data[key]).toContain(from);
    object.data[key] = object.data[key].replace(from, to);
  });

const built = new Map<ResolvedCluster['name'], readonly ManifestFile[]>();

/** The files of a cluster, built once for each name. */
export function filesOf(cluster: ResolvedCluster): readonly ManifestFile[] {
  const files = built.get(cluster.name) ?? buildCluster(cluster);
  built.set(cluster.name, files);
  return files;
}

/** The files of a cluster with one object damaged. */
export function damaged(cluster: ResolvedCluster, kind: string, name: string, damage: Damage): readonly ManifestFile[] {
  let found = false;
  const files = filesOf(cluster).map((file) => ({
    ...file,
    objects: file.objects.flatMap((object) => {
      if (object.kind !== kind || object.metadata.name !== name) return [object];
      found = true;
      const changed: KubernetesObject | undefined = damage(structuredClone(object) as Mutable);
      return changed === undefined ? [] : [changed];
    }),
  }));
  expect([kind, name, found]).toEqual([kind, name, true]);
  return files;
}
