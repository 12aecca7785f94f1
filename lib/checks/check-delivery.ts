/** Checks the objects for GitOps tools; a finding is a fault of this program, not of the fleet. */
import { posix } from 'node:path';
import type { DeliveryFiles } from '../manifests/delivery-app';
import type { ResolvedDelivery, ResolvedFleet } from '../model/resolved-fleet';
import { Schemas } from '../schemas/schemas';
import { keyOf } from './cluster-objects';
import { type DeliveredObject, deliveredObjects } from './delivered-objects';
import type { OutputFault } from './output-fault';
import { waitingFaults } from './waiting-faults';

/**
 * - Each object passes its schema in the cluster that takes it, or in every version of the fleet where the fleet does not
 *   say which cluster that is.
 * - Each resource of a kustomization, and each folder that a tool applies, is in the output.
 * - Every object that another one waits for exists, and there are no cycles: the tool would wait forever.
 * @param paths returns every path of the clusters; called only if there is something to check
 */
export function checkDelivery(
  files: DeliveryFiles,
  fleet: ResolvedFleet,
  paths: () => readonly string[],
): readonly OutputFault[] {
  const { delivery } = fleet;
  if (delivery === undefined) return [];
  const { manifests, kustomizations } = files;
  const all = new Set([...paths(), ...[...manifests, ...kustomizations].map(({ path }) => path)]);
  const objects = deliveredObjects(files, fleet.clusters, delivery);
  return [
    ...kustomizations.flatMap(({ path, content }) =>
      content.resources
        .filter((resource) => !exists(all, posix.join(posix.dirname(path), resource)))
        .map((resource) => ({ file: path, reason: `lists ${resource}, which is not written` })),
    ),
    ...objects.flatMap((one) => objectFaults(one, delivery, all)),
    ...waitingFaults(objects),
  ];
}

/** A file, or a folder with a kustomization. */
function exists(all: ReadonlySet<string>, path: string): boolean {
  return all.has(path) || all.has(`${path}/kustomization.yaml`);
}

function objectFaults(
  { file, object, kubernetes, applies }: DeliveredObject,
  delivery: ResolvedDelivery,
  all: ReadonlySet<string>,
): readonly OutputFault[] {
  const found = (reason: string): OutputFault => ({ file, object: keyOf(object), reason });
  const faults = [...kubernetes].flatMap((version) => Schemas.of(version).fault(object) ?? []);
  if (faults.length > 0) return [...new Set(faults)].map(found);
  if (applies === undefined) return [];
  const folder = posix.relative(posix.join('/', delivery.path), posix.join('/', applies));
  return exists(all, folder) ? [] : [found(`applies ${applies}, which is not written`)];
}
