/** The scopes that hold the constructs of a cluster: files, or a construct of an existing app. */
import type { Construct } from 'constructs';
import type { Layer } from '../model/delivery/layers';
import type { ManifestName } from '../model/delivery/manifest-paths';
import type { Part } from './define-part';

export interface ManifestScopes<Scope extends Construct = Construct> {
  /** Returns a scope for objects of this cluster alone. The same layer and name return the same scope. */
  own(layer: Layer, name: string): Scope;
  /** Returns a scope for objects that are not applied to an API server. */
  outside(path: string): Construct;
  /** Adds a part as a file, or at most one to an own scope. */
  add<Props>(to: ManifestName | Scope, part: Part<Props>, props: Props): void;
}
