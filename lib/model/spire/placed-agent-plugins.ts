/** The plugins of the SPIRE agents of a cluster, with their places in the fleet. */
import type { Fleet } from '../../fleet/schema';
import type { FleetPath } from '../../problems/problem';
import { planAgentPlugins } from '../../spire-plugins/by-name/agent-plans';
import { agentSetting } from '../settings';
import type { PlacedOther } from './resolve-plugins';
import type { ResolvedSpire } from './resolved-spire';

/** Plugins by their names in SPIRE. */
export function placedAgentPlugins(fleet: Fleet, cluster: string, spire: ResolvedSpire): readonly PlacedOther[] {
  const { place } = agentSetting(fleet, cluster, 'plugins');
  return planAgentPlugins(spire).map((plan) => ({ plan, place: [...place, plan.index] }));
}

/** Type and name of the workload attestors that agents have without plugins by name, and where the fleet chooses them. */
export function ownWorkloadAttestors(fleet: Fleet, cluster: string): ReadonlyMap<string, FleetPath | undefined> {
  const { value = [], place } = agentSetting(fleet, cluster, 'workloadAttestors');
  return new Map([
    ['WorkloadAttestor k8s', undefined],
    ...value.map((name, index) => [`WorkloadAttestor ${name}`, [...place, index]] as const),
  ]);
}
