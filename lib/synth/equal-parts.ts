/** Builds a part of a cluster once for all clusters in which it is equal: most of SPIRE differs from none to the next. */
import { App } from 'cdk8s';
import type { KubernetesObject } from './kubernetes-object';
import { ManifestChart } from './manifest-file';

/** So many are kept; in a fleet of which every part differs, keeping is of no use and must not cost memory. */
const MOST_KEPT = 512;

const kept = new Map<string, readonly KubernetesObject[]>();

/**
 * The objects of a part.
 * - Equal props, equal objects: the same ones, so that whoever knows one of them by identity knows it in every cluster.
 * @param part names what is built; different parts of equal props are told apart by it
 * @param props all that the part depends on
 */
export function equalPart<Props>(
  part: string,
  props: Props,
  build: (chart: ManifestChart, props: Props) => void,
): readonly KubernetesObject[] {
  const key = `${part}\0${JSON.stringify(props)}`;
  const known = kept.get(key);
  if (known !== undefined) return known;
  const chart = new ManifestChart(new App(), part);
  build(chart, props);
  const { objects } = chart.toManifestFile();
  if (kept.size >= MOST_KEPT) kept.clear();
  kept.set(key, objects);
  return objects;
}
