/** Builds a part of a cluster once for all clusters with equal props. Most of SPIRE is equal in every cluster. */
import { App } from 'cdk8s';
import type { Construct } from 'constructs';
import type { KubernetesObject } from './kubernetes-object';
import { ManifestChart } from './manifest-file';
import { MemoCache } from './memo-cache';

/** Builds the objects of a part from its props alone. A value captured from outside would reach other clusters. */
export type BuildPart<Props> = (scope: Construct, props: Props) => void;

/** A cache of parts. A part that was dropped is built again. */
export class EqualParts {
  private readonly cache: MemoCache<readonly KubernetesObject[]>;

  /**
   * @param mostRepeated parts kept after they were asked for twice; see `MemoCache`
   * @param mostOnce parts kept after they were asked for once
   */
  constructor(mostRepeated: number, mostOnce: number) {
    this.cache = new MemoCache(mostRepeated, mostOnce);
  }

  /**
   * The objects of a part. Equal props return the same array, so checks and rendered text are reused as well.
   * @param part name of the part: it separates different parts with equal props
   * @param props everything that the part depends on, as plain data; props are equal if their JSON is
   */
  of<Props>(part: string, props: Props, build: BuildPart<Props>): readonly KubernetesObject[] {
    return this.cache.of(`${part}\0${JSON.stringify(props)}`, () => {
      const chart = new ManifestChart(new App(), part);
      build(chart, props);
      return chart.toManifestFile().objects;
    });
  }
}

/** A cluster has about twenty shared parts, and two for each peer. In a mesh, that many parts lie between two equal ones. */
export const COMMON_PARTS = new EqualParts(1024, 512);

/** Most workloads run in one cluster only, so their parts are dropped early. */
export const WORKLOAD_PARTS = new EqualParts(1024, 64);
