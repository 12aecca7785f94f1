/** Builds a part of a cluster once for all clusters in which it is equal: most of SPIRE differs from none to the next. */
import { App } from 'cdk8s';
import type { Construct } from 'constructs';
import type { KubernetesObject } from './kubernetes-object';
import { ManifestChart } from './manifest-file';
import { Kept } from './memo-cache';

/** Builds what a part consists of. */
export type BuildPart<Props> = (scope: Construct, props: Props) => void;

/** Parts that come again; they can be lost at any time, and are then built once more. */
export class EqualParts {
  private readonly kept: Kept<readonly KubernetesObject[]>;

  /**
   * @param most parts at once that came again; of more, all are forgotten
   * @param lately at most so many other parts lie between two equal ones that are built once
   */
  constructor(most: number, lately: number) {
    this.kept = new Kept(most, lately);
  }

  /**
   * The objects of a part.
   * - Equal props, equal objects: while they keep coming again the same list of them, so that whoever looked at it, or at one of its objects, or rendered it knows it in the next cluster.
   * @param part names what is built; different parts of equal props are told apart by it
   * @param props all that the part depends on, as plain data: equal is what has the same JSON
   */
  of<Props>(part: string, props: Props, build: BuildPart<Props>): readonly KubernetesObject[] {
    return this.kept.of(`${part}\0${JSON.stringify(props)}`, () => {
      const chart = new ManifestChart(new App(), part);
      build(chart, props);
      return chart.toManifestFile().objects;
    });
  }
}

/** A cluster has some twenty of these and two for each peer; in a mesh, whose members have the same peers, these come again after as many others. */
export const COMMON_PARTS = new EqualParts(1024, 512);

/** What is of one workload is most often of one cluster, and then let go before it costs memory. */
export const WORKLOAD_PARTS = new EqualParts(1024, 64);
