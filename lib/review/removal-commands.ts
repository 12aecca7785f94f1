/** The commands that delete objects that are no longer in the output, in an order that deletes nothing while it is needed. */

import { LAYERS } from '../model/delivery/layers';
import { ISTIO_FOLDER, RESERVED_FOLDERS } from '../model/names';
import { replaceControlCharacters } from '../problems/control-characters';
import { shellWord } from '../problems/shell';
import { type Change, type Item, itemText } from './change';
import { HELM_VALUES, isKustomization, PAGE } from './read-items';
import { valueAt } from './rules/risk-rule';

/** Kinds that nobody deletes by pasting: each takes along what an apply does not bring back. */
const BY_HAND: Readonly<Record<string, string>> = {
  CustomResourceDefinition: 'deletes every object of its kind, of others as well',
  Namespace: 'deletes everything in it, also what others put there',
  PersistentVolumeClaim: 'deletes its data, where the StorageClass does not keep it',
};

/** Layers that are not of the output's own come first: what they are, nobody here knows. */
const ORDER: readonly (string | undefined)[] = [...LAYERS].reverse();

export interface ClusterRemoval {
  readonly cluster: string;
  /** Lines of a shell script; what only a person can decide is a comment. */
  readonly lines: readonly string[];
}

/** One for each cluster that lost something, sorted by name. */
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

/** Why a person has to delete the object. Undefined where a command can. */
function reasonOf(item: Item): string | undefined {
  const { kind, cluster, layer, group = '', namespace = '', name } = item;
  const words = [cluster, namespace, kind, group, name].join(' ');
  if (words !== replaceControlCharacters(words) || !/^[a-z]/i.test(kind)) return 'no cluster takes such a name';
  if (layer === ISTIO_FOLDER && kind === HELM_VALUES) return 'whoever installed the chart uninstalls it by Helm';
  if (kind === 'IstioOperator') return 'istioctl uninstall takes Istio out of the cluster, for all who use it';
  if (RESERVED_FOLDERS.includes(cluster.split('/')[0] ?? ''))
    return 'see whether it prunes, then delete it in the cluster that it runs in';
  const ownsClaims = kind === 'StatefulSet' && valueAt(item, 'spec', 'volumeClaimTemplates') !== undefined;
  return ownsClaims ? 'its volume stays, and nothing takes it over by itself; see what it holds first' : BY_HAND[kind];
}

/** One command for all of a kind and namespace; what a file begins with, others of it rely on. */
function commands(items: readonly Item[]): readonly string[] {
  const starts = [...new Set(items.map(startOf))];
  return starts.map((start) => {
    const names = items.filter((item) => startOf(item) === start).map(({ name }) => shellWord(name));
    // A name that begins with a hyphen is no option behind it.
    return `${start} --ignore-not-found -- ${names.join(' ')}`;
  });
}

function startOf({ cluster, group, kind, namespace }: Item): string {
  const type = `${kind.toLowerCase()}${group === undefined || group === '' ? '' : `.${group}`}`;
  const where = namespace === undefined ? '' : ` -n ${shellWord(namespace)}`;
  return `kubectl --context ${shellWord(cluster)} delete${where} ${shellWord(type)}`;
}
