/** The priority of SPIRE's pods, which preempt ordinary pods if a node is full. */
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { objectLabels, SPIRE_PRIORITY_CLASS } from '../model/names';

/** The highest that Kubernetes lets users define. Its own two classes above are refused in most namespaces of GKE. */
const HIGHEST_PRIORITY = 1_000_000_000;

/** One PriorityClass, which server, agents and CSI driver name. */
export class SpirePriorityClass extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new k8s.KubePriorityClass(this, 'priority-class', {
      metadata: { name: SPIRE_PRIORITY_CLASS, labels: objectLabels('spire', 'spire') },
      description: 'Pods that the pods of the mesh cannot start without.',
      globalDefault: false,
      preemptionPolicy: 'PreemptLowerPriority',
      value: HIGHEST_PRIORITY,
    });
  }
}
