/** Where the table of contents of a cluster puts its constructs: into files, or under a construct of an existing app. */
import type { Construct } from 'constructs';
import type { Layer } from '../model/delivery/layers';
import type { ManifestName } from '../model/delivery/manifest-paths';
import type { BuildPart } from './equal-parts';

export interface ManifestScopes<Scope extends Construct = Construct> {
  /** The scope of what this cluster alone has; the same one when it is asked for again. */
  own(layer: Layer, name: string): Scope;
  /** The scope of what no API server takes. */
  outside(path: string): Construct;
  /** Builds what is the same for all clusters with these props. */
  common<Props>(name: ManifestName, props: Props, build: BuildPart<Props>): void;
  /** The same for what belongs to one workload. */
  ofWorkload<Props>(name: ManifestName, props: Props, build: BuildPart<Props>): void;
  /** Builds a part of an own scope, one at most, that is the same for all clusters with these props. */
  commonPart<Props>(scope: Scope, props: Props, build: BuildPart<Props>): void;
}
