/** A workload that the output deploys, with all its components. */
import { Construct } from 'constructs';
import type { ResolvedWorkload } from '../model/resolved-fleet';
import { WorkloadComponent } from './workload-component';

/** All components of a workload. Empty if the output does not deploy its pods. */
export class Workload extends Construct {
  constructor(scope: Construct, id: string, workload: ResolvedWorkload) {
    super(scope, id);
    for (const component of workload.components) {
      new WorkloadComponent(this, `component-${component.name}`, { workload, component });
    }
  }
}
