/** Builds a part of a cluster once for all clusters in which it is equal: most of SPIRE differs from none to the next. */
import { App } from 'cdk8s';
import { Kept } from './kept';
import type { KubernetesObject } from './kubernetes-object';
import { ManifestChart } from './manifest-file';

/** A cluster has some fifteen parts and two for each peer; in a mesh, whose members have the same peers, these come again after as many others. */
const kept = new Kept<readonly KubernetesObject[]>(1024, 512);

/**
 * The objects of a part.
 * - Equal props, equal objects: while they keep coming again the same ones, so that whoever knows one of them by identity knows it in the next cluster.
 * @param part names what is built; different parts of equal props are told apart by it
 * @param props all that the part depends on
 */
export function equalPart<Props>(
  part: string,
  props: Props,
  build: (chart: ManifestChart, props: Props) => void,
): readonly KubernetesObject[] {
  return kept.of(`${part}\0${JSON.stringify(props)}`, () => {
    const chart = new ManifestChart(new App(), part);
    build(chart, props);
    return chart.toManifestFile().objects;
  });
}
