/** Labels of the pods of a deployed workload, and the labels that select these pods. */
import { IDENTITY_LABEL, INJECT_LABEL, objectLabels } from '../names';
import type { ResolvedComponent, ResolvedDeployment, ResolvedWorkload } from '../resolved-fleet';

type Labels = Readonly<Record<string, string>>;

/** Selects the pods that the output deploys for a workload. */
export function identityLabels(workload: string): Labels {
  return { [IDENTITY_LABEL]: workload };
}

/** Selects the pods of a component in all its versions; the workload's name keeps pods of another workload apart. */
export function componentSelector(workload: string, { name }: ResolvedComponent): Labels {
  return { app: name, ...identityLabels(workload) };
}

/** A workload as far as the labels of its pods follow from it. */
type LabelledWorkload = Pick<ResolvedWorkload, 'name' | 'proxied'>;

/** All labels of a deployment's pods. */
export function podLabels(
  { name, proxied }: LabelledWorkload,
  component: ResolvedComponent,
  { version }: ResolvedDeployment,
): Labels {
  return {
    ...objectLabels(component.name, name),
    ...componentSelector(name, component),
    version,
    ...(proxied && { [INJECT_LABEL]: 'true' }),
  };
}
