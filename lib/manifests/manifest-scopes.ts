/** The scopes that hold the constructs of a cluster: files, or a construct of an existing app. */
import type { Construct } from 'constructs';
import type { Layer } from '../model/delivery/layers';
import type { ManifestName } from '../model/delivery/manifest-paths';
import type { BuildPart } from './equal-parts';

export interface ManifestScopes<Scope extends Construct = Construct> {
  /** Returns a scope for objects of this cluster alone. The same layer and name return the same scope. */
  own(layer: Layer, name: string): Scope;
  /** Returns a scope for objects that are not applied to an API server. */
  outside(path: string): Construct;
  /** Builds a part that is equal in all clusters with equal props. */
  common<Props>(name: ManifestName, props: Props, build: BuildPart<Props>): void;
  /** Likewise for a part that belongs to one workload. */
  ofWorkload<Props>(name: ManifestName, props: Props, build: BuildPart<Props>): void;
  /** Builds a part of an own scope, at most one of each, that is equal in all clusters with equal props. */
  commonPart<Props>(scope: Scope, props: Props, build: BuildPart<Props>): void;
}
