/** Caches the findings about an object that several clusters share, so that the object is checked once. */
import type { KubernetesObject } from '../manifests/kubernetes-object';
import type { PlacedObject } from './cluster-objects';
import type { ReportFault } from './output-fault';

/** Checks one object by itself, and calls `find` for each fault. */
export type CheckObject = (object: KubernetesObject, find: (reason: string) => void) => void;

/** Runs a check once for each object. Objects are compared by identity, and never change. */
export class FindingCache {
  private readonly known = new WeakMap<KubernetesObject, readonly string[]>();

  constructor(private readonly check: CheckObject) {}

  report(placed: PlacedObject, report: ReportFault): void {
    for (const reason of this.of(placed.object)) report(placed, reason);
  }

  private of(object: KubernetesObject): readonly string[] {
    const known = this.known.get(object);
    if (known !== undefined) return known;
    const found: string[] = [];
    this.check(object, (reason) => found.push(reason));
    this.known.set(object, found);
    return found;
  }
}
