/** Checks the objects for GitOps tools; a finding is a fault of this program, not of the fleet. */
import { posix } from 'node:path';
import { DEFAULTS } from '../fleet/defaults';
import type { DeliveryFiles } from '../manifests/delivery-app';
import type { KubernetesObject } from '../manifests/kubernetes-object';
import type { ResolvedDelivery } from '../model/resolved-fleet';
import { Schemas } from '../schemas/schemas';
import { keyOf, type PlacedObject } from './cluster-objects';
import type { OutputFault } from './output-fault';

/** The parts of a Flux Kustomization that refer to something. */
interface Applying {
  readonly path?: string;
  readonly dependsOn?: readonly { readonly name: string }[];
}

/**
 * - Each object passes its schema and is written once.
 * - Each resource of a kustomization, and each folder that Flux applies, is in the output.
 * - Every dependency of a Kustomization or a HelmRelease exists, and there are no cycles: Flux would wait forever.
 * @param paths returns every path of the clusters; called only if there is something to check
 */
export function checkDelivery(
  { manifests, kustomizations }: DeliveryFiles,
  delivery: ResolvedDelivery | undefined,
  paths: () => readonly string[],
): readonly OutputFault[] {
  if (delivery === undefined) return [];
  const all = new Set([...paths(), ...[...manifests, ...kustomizations].map(({ path }) => path)]);
  const placed = manifests.flatMap(({ path, objects }) => objects.map((object) => ({ file: path, object })));
  return [
    ...kustomizations.flatMap(({ path, content }) =>
      content.resources
        .filter((resource) => !exists(all, posix.join(posix.dirname(path), resource)))
        .map((resource) => ({ file: path, reason: `lists ${resource}, which is not written` })),
    ),
    ...placed.flatMap((one) => objectFaults(one, delivery, all)),
    ...dependencyFaults(placed),
  ];
}

/** A file, or a folder with a kustomization. */
function exists(all: ReadonlySet<string>, path: string): boolean {
  return all.has(path) || all.has(`${path}/kustomization.yaml`);
}

function objectFaults(
  { file, object }: PlacedObject,
  delivery: ResolvedDelivery | undefined,
  all: ReadonlySet<string>,
): readonly OutputFault[] {
  // The cluster that runs the tools is not in the fleet, and its version is unknown, so the default version's schemas apply.
  const fault = Schemas.of(DEFAULTS.versions.kubernetes).fault(object);
  const found = (reason: string): OutputFault => ({ file, object: keyOf(object), reason });
  const { path } = specOf(object);
  if (fault !== undefined) return [found(fault)];
  if (object.kind !== 'Kustomization' || path === undefined || delivery === undefined) return [];
  const folder = posix.relative(posix.join('/', delivery.path), posix.join('/', path));
  return exists(all, folder) ? [] : [found(`applies ${path}, which is not written`)];
}

/** Kinds whose dependsOn names objects of the same kind and namespace. */
const WAITING = ['Kustomization', 'HelmRelease'];

function dependencyFaults(placed: readonly PlacedObject[]): readonly OutputFault[] {
  const waiting = placed.filter(({ object }) => WAITING.includes(object.kind));
  const byKey = new Map(waiting.map((one) => [nameOf(one.object), one]));
  return waiting.flatMap(({ file, object }) => {
    const needs = neededBy(object);
    const fault = (reason: string): OutputFault => ({ file, object: keyOf(object), reason });
    return [
      ...needs.filter((need) => !byKey.has(need)).map((need) => fault(`waits for ${need}, which is not written`)),
      ...(reaches(object, nameOf(object), byKey) ? [fault('waits for itself')] : []),
    ];
  });
}

function reaches(from: KubernetesObject, target: string, byKey: ReadonlyMap<string, PlacedObject>): boolean {
  const seen = new Set<string>();
  const open = [...neededBy(from)];
  for (let need = open.pop(); need !== undefined; need = open.pop()) {
    if (need === target) return true;
    if (seen.has(need)) continue;
    seen.add(need);
    const next = byKey.get(need);
    if (next !== undefined) open.push(...neededBy(next.object));
  }
  return false;
}

function nameOf({ kind, metadata }: KubernetesObject): string {
  return `${kind} ${metadata.name}`;
}

function neededBy(object: KubernetesObject): readonly string[] {
  return (specOf(object).dependsOn ?? []).map(({ name }) => `${object.kind} ${name}`);
}

function specOf({ spec }: KubernetesObject): Applying {
  return (spec ?? {}) as Applying;
}
