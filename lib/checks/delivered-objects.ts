/** The objects for GitOps tools, with what they refer to and where they are applied. */
import { usedTools } from '../delivery/catalog';
import type { ToolReferences } from '../delivery/tool-output';
import type { DeliveryFiles } from '../manifests/delivery-app';
import type { ResolvedDelivery, ResolvedFleet } from '../model/resolved-fleet';
import type { PlacedObject } from './cluster-objects';

export interface DeliveredObject extends PlacedObject, ToolReferences {
  /** Versions of Kubernetes of the clusters that may take the object. */
  readonly kubernetes: ReadonlySet<string>;
}

export function deliveredObjects(
  { manifests }: DeliveryFiles,
  clusters: ResolvedFleet['clusters'],
  delivery: ResolvedDelivery,
): readonly DeliveredObject[] {
  const tools = new Map<string, ReturnType<typeof usedTools>[number]>(
    usedTools(delivery).map((one) => [one.name, one]),
  );
  const versions = new Map(clusters.map(({ name, kubernetes }) => [name, new Set([kubernetes])]));
  const allVersions = new Set(clusters.map(({ kubernetes }) => kubernetes));
  return manifests.flatMap(({ path: file, objects, appliedTo }) => {
    const tool = tools.get(file.slice(0, file.indexOf('/')));
    // The fleet does not say where a central tool runs. Its objects must be valid wherever in the fleet that may be.
    const kubernetes = (appliedTo === undefined ? undefined : versions.get(appliedTo)) ?? allVersions;
    return objects.map((object) => ({ file, object, kubernetes, ...tool?.output.references?.(object) }));
  });
}
