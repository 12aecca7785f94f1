/** Defines a part of a cluster. Clusters with equal props share its objects, and most of SPIRE is equal in every cluster. */
import { App } from 'cdk8s';
import type { Construct } from 'constructs';
import type { KubernetesObject } from './kubernetes-object';
import { ManifestChart } from './manifest-file';
import { MemoCache } from './memo-cache';

/**
 * Adds the objects of a part to a scope. It may depend on the props alone: a value from elsewhere would reach other clusters.
 * So parts are defined where no such value is in sight, at the top of a module; test/architecture.test.ts holds that.
 */
export type BuildPart<Props> = (scope: Construct, props: Props) => void;

export interface Part<Props> {
  readonly build: BuildPart<Props>;
  /** The objects of the part. Equal props return the same array, so checks and rendered text are reused as well. */
  objectsOf(props: Props): readonly KubernetesObject[];
}

/** How many arrays of objects a part keeps: after they were asked for twice, and after they were asked for once. */
interface Kept {
  readonly repeated: number;
  readonly once: number;
}

/** In a mesh, as many peers as a cluster has lie between two equal ones. */
const OF_CLUSTERS: Kept = { repeated: 512, once: 256 };

/** Most workloads run in one cluster only, so their parts are dropped early. */
const OF_WORKLOADS: Kept = { repeated: 256, once: 16 };

/**
 * @param name stands in the paths of constructs that cdk8s' errors give
 * @param build gets its props as their JSON has them, so that it cannot depend on what JSON leaves out
 */
export function definePart<Props>(name: string, build: BuildPart<Props>, kept: Kept = OF_CLUSTERS): Part<Props> {
  const cache = new MemoCache<readonly KubernetesObject[]>(kept.repeated, kept.once);
  const objectsOf = (props: Props): readonly KubernetesObject[] => {
    const key = JSON.stringify(props);
    return cache.of(key, () => {
      const chart = new ManifestChart(new App(), name);
      build(chart, JSON.parse(key) as Props);
      return chart.toManifestFile().objects;
    });
  };
  return { build, objectsOf };
}

/** Defines a part that belongs to one workload. */
export function defineWorkloadPart<Props>(name: string, build: BuildPart<Props>): Part<Props> {
  return definePart(name, build, OF_WORKLOADS);
}
