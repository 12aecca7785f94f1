/** The commands that delete objects that are no longer in the output, in an order in which no object is deleted while another needs it. */

import { LAYERS } from '../model/delivery/layers';
import { ISTIO_FOLDER, RESERVED_FOLDERS } from '../model/names';
import { replaceControlCharacters } from '../problems/control-characters';
import { shellWord } from '../problems/shell';
import { type Change, type Item, itemText } from './change';
import { HELM_VALUES, isKustomization, PAGE } from './read-items';
import { valueAt } from './rules/risk-rule';

/** Kinds whose deletion also deletes other objects or data, which an apply does not restore. Commands for them are not printed. */
const BY_HAND: Readonly<Record<string, string>> = {
  CustomResourceDefinition: 'its deletion deletes every object of its kind, also those of others',
  Namespace: 'its deletion deletes everything in it, also objects of others',
  PersistentVolumeClaim: 'its deletion deletes the data, unless the reclaim policy of the StorageClass is Retain',
};

/** Layers in the order of deletion. Unknown layers come first, because they may depend on any other. */
const ORDER: readonly (string | undefined)[] = [...LAYERS].reverse();

export interface ClusterRemoval {
  readonly cluster: string;
  /** Lines of a shell script. Deletions that a person must decide on are comments. */
  readonly lines: readonly string[];
}

/** One entry for each cluster with removed objects, sorted by name. */
export function removalCommands(changes: readonly Change[]): readonly ClusterRemoval[] {
  const removed = changes
    .filter(({ action, item }) => action === 'removed' && item.kind !== PAGE && !isKustomization(item))
    .map(({ item }) => item);
  return [...new Set(removed.map(({ cluster }) => cluster))].map((cluster) => ({
    cluster,
    lines: linesOf(removed.filter((item) => item.cluster === cluster)),
  }));
}

function linesOf(items: readonly Item[]): readonly string[] {
  const layers = [...new Set(items.map(({ layer }) => layer))].sort(
    (one, other) => ORDER.indexOf(one) - ORDER.indexOf(other),
  );
  const ofLayers = layers.map((layer) => items.filter((item) => item.layer === layer).reverse());
  const isByHand = (item: Item): boolean => reasonOf(item) !== undefined;
  return [
    ...ofLayers.flatMap((ofLayer) => commands(ofLayer.filter((item) => !isByHand(item)))),
    ...ofLayers.flat().flatMap((item) => {
      const reason = reasonOf(item);
      return reason === undefined ? [] : [`# ${inOneLine(`${itemText(item)}: ${reason}`)}`];
    }),
  ];
}

function inOneLine(text: string): string {
  return replaceControlCharacters(text, ' ').replace(/ +/g, ' ');
}

/** The reason why no command is printed for an item. Undefined if a command can delete it. */
function reasonOf(item: Item): string | undefined {
  const { kind, cluster, layer, group = '', namespace = '', name } = item;
  const words = [cluster, namespace, kind, group, name].join(' ');
  if (words !== replaceControlCharacters(words) || !/^[a-z]/i.test(kind))
    return 'this is not a valid name in Kubernetes';
  if (layer === ISTIO_FOLDER && kind === HELM_VALUES) return 'uninstall the chart with Helm';
  if (kind === 'IstioOperator') return 'uninstall Istio with istioctl uninstall, which affects every pod of the mesh';
  if (RESERVED_FOLDERS.includes(cluster.split('/')[0] ?? ''))
    return 'check whether it prunes, then delete it in the cluster in which the GitOps tool runs';
  const ownsClaims = kind === 'StatefulSet' && valueAt(item, 'spec', 'volumeClaimTemplates') !== undefined;
  return ownsClaims
    ? 'its volumes stay, and no new StatefulSet uses them by itself; check their data first'
    : BY_HAND[kind];
}

/** One command for each kind and namespace. `items` are in reverse order, because later objects of a file need earlier ones. */
function commands(items: readonly Item[]): readonly string[] {
  const starts = [...new Set(items.map(startOf))];
  return starts.map((start) => {
    const names = items.filter((item) => startOf(item) === start).map(({ name }) => shellWord(name));
    // After `--`, kubectl does not read a name that begins with a hyphen as an option.
    return `${start} --ignore-not-found -- ${names.join(' ')}`;
  });
}

function startOf({ cluster, group, kind, namespace }: Item): string {
  const type = `${kind.toLowerCase()}${group === undefined || group === '' ? '' : `.${group}`}`;
  const where = namespace === undefined ? '' : ` -n ${shellWord(namespace)}`;
  return `kubectl --context ${shellWord(cluster)} delete${where} ${shellWord(type)}`;
}
