/** A workload that the output deploys, with all its components. */
import { Construct } from 'constructs';
import { completeWorkload, type WorkloadSettings } from '../model/workloads/without-fleet';
import { WorkloadComponent } from './workload-component';

/** Name of the socket of the Workload API, for programs without a proxy. @default 'socket' */
export type WorkloadProps = WorkloadSettings & { readonly socketName?: string };

/**
 * All components of a workload, without its namespace and its identity.
 * @throws Error if there is nothing to deploy
 */
export class Workload extends Construct {
  constructor(scope: Construct, id: string, settings: WorkloadProps) {
    super(scope, id);
    const workload = completeWorkload(settings, id);
    for (const component of workload.components) {
      new WorkloadComponent(this, `component-${component.name}`, {
        workload,
        component,
        socketName: settings.socketName,
      });
    }
  }
}
