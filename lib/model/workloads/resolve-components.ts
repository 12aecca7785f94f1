/** Resolves the components of a workload: those of its preset, or one for its image. */
import { DEFAULTS } from '../../fleet/defaults';
import type { FleetWorkload } from '../../fleet/schema';
import type { Preset } from '../../presets/preset';
import type { ResolvedComponent } from '../resolved-fleet';

/** A workload as far as its components follow from it. */
interface DeployedWorkload {
  readonly name: string;
  readonly written: FleetWorkload;
  readonly preset?: Preset;
  readonly serviceAccount: string;
}

/** Empty for pods from elsewhere. */
export function componentsOf({
  name,
  written,
  preset,
  serviceAccount,
}: DeployedWorkload): readonly ResolvedComponent[] {
  if (preset !== undefined) return presetComponents(preset, name, serviceAccount);
  if (written.image === undefined) return [];
  const deployment = {
    name,
    version: 'v1',
    image: written.image,
    replicas: written.replicas ?? DEFAULTS.replicas,
    env: {},
    scratch: {},
  };
  return [{ name: written.service ?? name, serviceAccount, port: written.port, deployments: [deployment] }];
}

function presetComponents(preset: Preset, workload: string, serviceAccount: string): readonly ResolvedComponent[] {
  return preset.components.map((component) => ({
    name: component.name ?? workload,
    serviceAccount: component.serviceAccount ?? serviceAccount,
    port: component.port,
    deployments: component.versions.map(({ version, image, command, env = {}, scratch = {}, user }) => ({
      name: component.name === undefined ? workload : `${component.name}-${version}`,
      version,
      image,
      replicas: 1,
      command,
      env,
      scratch,
      user,
    })),
  }));
}

/** The component of a preset that takes the calls of other workloads. */
export function entryComponent(preset: Preset | undefined): Preset['components'][number] | undefined {
  return preset?.components.find(({ name }) => name !== undefined && name === preset.entry?.component);
}

/** Name of the policies in front of a component; a workload of one component has one policy under its own name. */
export function policyName(
  { name, components }: { readonly name: string; readonly components: readonly ResolvedComponent[] },
  component: string,
): string {
  return components.length > 1 ? `${name}-${component}` : name;
}
