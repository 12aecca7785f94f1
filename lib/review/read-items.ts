/** Reads the objects, settings and pages in the text of an output file. */
import { type Document, LineCounter, parseAllDocuments } from 'yaml';
import { TOOL_NAMES } from '../delivery/settings-catalog';
import { required } from '../invariants/required';
import { ISTIO_FOLDER } from '../model/names';
import { LOCK_FILE } from '../output/fleet-lock';
import { isOurs } from '../output/output-file';
import { isList } from '../output/written-files';
import { problem, type Report } from '../problems/problem';
import type { Item } from './change';
import { isMap } from './compare-fields';
import type { Side } from './file-tree';

/** Limits the expansion of nested YAML aliases in a file that was edited by hand. */
const MAX_ALIASES = 10_000;

const NO_MAP = 'expected a map: an object or settings';

/** Kind of a file that is not applied to a cluster, such as a page or the lock. */
export const PAGE = 'Page';
/** Kind of a file with Helm values. */
export const HELM_VALUES = 'HelmValues';
/** API group of kustomization files, which kustomize reads and no API server accepts. */
const KUSTOMIZE_GROUP = 'kustomize.config.k8s.io';

/** Whether an item is the input of istioctl or Helm to install Istio. */
export function isIstioInstallation({ kind }: Pick<Item, 'kind'>): boolean {
  return kind === 'IstioOperator' || kind === HELM_VALUES;
}

/** The items of one file, in its order. Documents that cannot be read are reported and left out. */
export function readItems({ shown, files }: Side, path: string, report: Report): readonly Item[] {
  if (isList(path)) return [];
  const text = required(files.get(path), `the text of ${path}`);
  if (!/\.ya?ml$/.test(path) || path === LOCK_FILE) {
    return [{ ...placeOf(path), kind: PAGE, name: path, content: text }];
  }
  const lineCounter = new LineCounter();
  const documents = parseAllDocuments(text, { lineCounter, prettyErrors: false, logLevel: 'error' });
  if (!Array.isArray(documents)) return [];
  return documents.flatMap((document) => {
    const reportFault = (reason: string, offset: number): void => {
      const { line, col } = lineCounter.linePos(offset);
      const position = { line, column: col };
      report(problem({ file: `${shown}/${path}`, position }, 'broken-manifest', { reason, ours: isOurs(text) }));
    };
    const content = contentOf(document, reportFault);
    return membersOf(content, () => reportFault(NO_MAP, document.range[0])).map((member) => itemOf(path, member));
  });
}

function contentOf(document: Document.Parsed, reportFault: (reason: string, offset: number) => void): unknown {
  const [error] = document.errors;
  if (error !== undefined) {
    reportFault(error.message.replace(/\.$/, ''), error.pos[0]);
    return undefined;
  }
  try {
    const content: unknown = document.toJS({ maxAliasCount: MAX_ALIASES });
    if (content === null || content === undefined) return undefined;
    if (typeof content === 'object' && !Array.isArray(content)) return content;
    reportFault(NO_MAP, document.range[0]);
  } catch (failure) {
    reportFault((failure as Error).message, document.range[0]);
  }
  return undefined;
}

/** The objects of a Kubernetes List, or the object itself if it is not a List. */
function membersOf(content: unknown, reportFault: () => void): readonly Manifest[] {
  if (!isMap(content)) {
    if (content !== undefined && content !== null) reportFault();
    return [];
  }
  const { apiVersion, kind, items } = content as Manifest;
  if (typeof kind !== 'string' || !kind.endsWith('List') || !Array.isArray(items) || !items.some(isMap)) {
    return [content];
  }
  // The items of a typed list, such as a ConfigMapList, may omit their kind.
  const ofList = kind === 'List' ? {} : { apiVersion, kind: kind.slice(0, -'List'.length) };
  return items.flatMap((member: unknown) => membersOf(isMap(member) ? { ...ofList, ...member } : member, reportFault));
}

interface Manifest {
  readonly apiVersion?: unknown;
  readonly kind?: unknown;
  readonly items?: unknown;
  readonly metadata?: { readonly name?: unknown; readonly namespace?: unknown } | null;
}

/** A map without `kind` and `apiVersion` is a file of Helm values. Helm values and kustomizations are named by their path. */
function itemOf(path: string, content: unknown): Item {
  const { apiVersion, kind, metadata } = content as Manifest;
  const place = placeOf(path);
  if (typeof kind !== 'string' || typeof apiVersion !== 'string') {
    return { ...place, kind: HELM_VALUES, name: path, content };
  }
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  if (group === KUSTOMIZE_GROUP) {
    return { ...place, group, kind, name: path, content };
  }
  return {
    ...place,
    group,
    kind,
    ...(typeof metadata?.namespace === 'string' && { namespace: metadata.namespace }),
    name: String(metadata?.name ?? path),
    content,
  };
}

/**
 * The first folder is the cluster. The input of istioctl and Helm is in `istio/CLUSTER/`. The objects of a GitOps tool are
 * kept apart by two folders, because different folders may contain objects of the same name.
 */
function placeOf(path: string): Pick<Item, 'cluster' | 'layer' | 'file'> {
  const folders = path.split('/').slice(0, -1);
  const [cluster = '', layer] = folders[0] === ISTIO_FOLDER && folders.length > 1 ? [folders[1], folders[0]] : folders;
  if (TOOL_NAMES.some((folder) => folder === cluster)) return { cluster: folders.slice(0, 2).join('/'), file: path };
  return { cluster, ...(layer !== undefined && { layer }), file: path };
}

/** Whether an item is a kustomization file. The kind `Kustomization` of Flux has another API group. */
export function isKustomization({ group }: Item): boolean {
  return group === KUSTOMIZE_GROUP;
}
