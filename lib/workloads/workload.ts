/** A workload that the output deploys, with all its components. */
import { Construct } from 'constructs';
import { completeWorkload, type WorkloadSettings } from '../model/workloads/without-fleet';
import { WorkloadComponent } from './workload-component';

/**
 * All components of a workload, without its namespace and its identity.
 * @throws Error if there is nothing to deploy
 */
export class Workload extends Construct {
  constructor(scope: Construct, id: string, settings: WorkloadSettings) {
    super(scope, id);
    const workload = completeWorkload(settings, id);
    for (const component of workload.components) {
      new WorkloadComponent(this, `component-${component.name}`, { workload, component });
    }
  }
}
