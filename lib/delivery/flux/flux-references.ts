/** What the objects of Flux refer to. */
import type { ToolReferences } from '../tool-output';

/** The parts of a Kustomization or a HelmRelease that refer to something. */
interface Applying {
  readonly path?: string;
  readonly dependsOn?: readonly { readonly name: string }[];
}

/** Kinds whose dependsOn names objects of the same kind and namespace. */
const WAITING = ['Kustomization', 'HelmRelease'];

export function fluxReferences({
  kind,
  spec = {},
}: {
  readonly kind: string;
  readonly spec?: unknown;
}): ToolReferences {
  if (!WAITING.includes(kind)) return {};
  const { path, dependsOn = [] } = spec as Applying;
  return { applies: path, waitsFor: dependsOn.map(({ name }) => name) };
}
