/** Knows which labels the pods of a deployed workload carry, and which of them select them. */
import { IDENTITY_LABEL, INJECT_LABEL, objectLabels } from './names';
import type { ResolvedComponent, ResolvedDeployment } from './resolved-fleet';

type Labels = Readonly<Record<string, string>>;

/** Selects the pods of a component in all its versions; the workload's name keeps pods of another workload apart. */
export function componentSelector(workload: string, { name }: ResolvedComponent): Labels {
  return { app: name, [IDENTITY_LABEL]: workload };
}

/** All labels of a deployment's pods. */
export function podLabels(workload: string, component: ResolvedComponent, { version }: ResolvedDeployment): Labels {
  return {
    ...objectLabels(component.name, workload),
    ...componentSelector(workload, component),
    version,
    [INJECT_LABEL]: 'true',
  };
}
