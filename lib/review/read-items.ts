/** Reads the objects, settings and pages out of the text of an output file. */
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

/** Nested aliases of a file that somebody edited by hand pass it after a few levels. */
const MAX_ALIASES = 10_000;

const NO_MAP = 'this is no map, and so neither an object nor settings';

/** Kind of a file that people or our own next run read, and no cluster. */
export const PAGE = 'Page';
/** Kind of a file that Helm reads. */
export const HELM_VALUES = 'HelmValues';
/** What kustomize reads says what is applied, and is not applied itself. */
const KUSTOMIZE_GROUP = 'kustomize.config.k8s.io';

/** Whether it is what istioctl or Helm install Istio by. */
export function isIstioInstallation({ kind }: Pick<Item, 'kind'>): boolean {
  return kind === 'IstioOperator' || kind === HELM_VALUES;
}

/** Items of one file, in its order; what cannot be read is reported, and has none. */
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
    const complain = (reason: string, offset: number): void => {
      const { line, col } = lineCounter.linePos(offset);
      const position = { line, column: col };
      report(problem({ file: `${shown}/${path}`, position }, 'broken-manifest', { reason, ours: isOurs(text) }));
    };
    const content = contentOf(document, complain);
    return membersOf(content, () => complain(NO_MAP, document.range[0])).map((member) => itemOf(path, member));
  });
}

function contentOf(document: Document.Parsed, complain: (reason: string, offset: number) => void): unknown {
  const [error] = document.errors;
  if (error !== undefined) {
    complain(error.message.replace(/\.$/, ''), error.pos[0]);
    return undefined;
  }
  try {
    const content: unknown = document.toJS({ maxAliasCount: MAX_ALIASES });
    if (content === null || content === undefined) return undefined;
    if (typeof content === 'object' && !Array.isArray(content)) return content;
    complain(NO_MAP, document.range[0]);
  } catch (failure) {
    complain((failure as Error).message, document.range[0]);
  }
  return undefined;
}

/** What a list of Kubernetes holds, each as if it stood alone; what is no list is itself. */
function membersOf(content: unknown, complain: () => void): readonly Manifest[] {
  if (!isMap(content)) {
    if (content !== undefined && content !== null) complain();
    return [];
  }
  const { apiVersion, kind, items } = content as Manifest;
  if (typeof kind !== 'string' || !kind.endsWith('List') || !Array.isArray(items) || !items.some(isMap)) {
    return [content];
  }
  // A list of one kind need not repeat it.
  const ofList = kind === 'List' ? {} : { apiVersion, kind: kind.slice(0, -'List'.length) };
  return items.flatMap((member: unknown) => membersOf(isMap(member) ? { ...ofList, ...member } : member, complain));
}

interface Manifest {
  readonly apiVersion?: unknown;
  readonly kind?: unknown;
  readonly items?: unknown;
  readonly metadata?: { readonly name?: unknown; readonly namespace?: unknown } | null;
}

/** A map without kind or name is what Helm or kustomize reads, and is known by its path. */
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
 * The folder above says which cluster; what istioctl and Helm read lies in a tree of its own.
 * What GitOps tools read is told apart by the folder that one of them applies, since each may hold objects of one name.
 */
function placeOf(path: string): Pick<Item, 'cluster' | 'layer' | 'file'> {
  const folders = path.split('/').slice(0, -1);
  const [cluster = '', layer] = folders[0] === ISTIO_FOLDER && folders.length > 1 ? [folders[1], folders[0]] : folders;
  if (TOOL_NAMES.some((folder) => folder === cluster)) return { cluster: folders.slice(0, 2).join('/'), file: path };
  return { cluster, ...(layer !== undefined && { layer }), file: path };
}

/** Flux has a kind of the same name, which is an object like others. */
export function isKustomization({ group }: Item): boolean {
  return group === KUSTOMIZE_GROUP;
}
