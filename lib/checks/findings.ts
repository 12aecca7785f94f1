/** Remembers what a check found in an object that several clusters share, so that it is looked at once. */
import type { KubernetesObject } from '../manifests/kubernetes-object';
import type { PlacedObject } from './cluster-objects';
import type { ReportFault } from './fault';

/** Looks at one object by itself, and says what is wrong with it. */
export type Look = (object: KubernetesObject, find: (reason: string) => void) => void;

/** A check of single objects that runs once for each; objects are known by identity, and nobody changes them. */
export class Findings {
  private readonly known = new WeakMap<KubernetesObject, readonly string[]>();

  constructor(private readonly look: Look) {}

  report(placed: PlacedObject, report: ReportFault): void {
    for (const reason of this.of(placed.object)) report(placed, reason);
  }

  private of(object: KubernetesObject): readonly string[] {
    const known = this.known.get(object);
    if (known !== undefined) return known;
    const found: string[] = [];
    this.look(object, (reason) => found.push(reason));
    this.known.set(object, found);
    return found;
  }
}
