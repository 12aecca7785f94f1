/** Context for risk rules in addition to the change: the pods that read a ConfigMap, and the SPIRE version of each cluster. */
import { required } from '../invariants/required';
import type { Item } from './change';
import type { FileTree, Side } from './file-tree';
import { readItems } from './read-items';

const CONTROLLERS = ['CronJob', 'DaemonSet', 'Deployment', 'Job', 'StatefulSet'];

/** The versions of SPIRE on a cluster. Undefined for a part that is absent or whose image tag is not a version. */
export interface SpireVersions {
  readonly server?: string;
  readonly agent?: string;
}

export class ReviewedTrees {
  private readonly ofCluster: ReadonlyMap<FileTree, ReadonlyMap<string, readonly string[]>>;

  constructor(
    private readonly base: Side,
    private readonly target: Side,
  ) {
    this.ofCluster = new Map([base, target].map(({ files }) => [files, pathsByFolder(files)]));
  }

  versionsBefore(cluster: string): SpireVersions {
    return this.versions(this.base, cluster);
  }

  versionsAfter(cluster: string): SpireVersions {
    return this.versions(this.target, cluster);
  }

  /** Controllers whose pods read the ConfigMap on either side, such as `StatefulSet spire-server`. */
  readersOf(configMap: Item): readonly string[] {
    return this.readersIn([this.target, this.base], configMap);
  }

  /** Controllers whose pods read the ConfigMap after the change. */
  readersAfter(configMap: Item): readonly string[] {
    return this.readersIn([this.target], configMap);
  }

  private readersIn(sides: readonly Side[], { cluster, namespace, name }: Item): readonly string[] {
    const found = sides.flatMap((side) =>
      this.pathsOf(side, cluster)
        .filter((path) => side.files.get(path)?.includes(`name: ${name}`))
        // Parse errors are ignored: they were reported when the trees were compared, or the file did not change.
        .flatMap((path) => readItems(side, path, () => undefined))
        .filter((item) => CONTROLLERS.includes(item.kind) && item.namespace === namespace && names(item, name))
        .map((item) => `${item.kind} ${item.name}`),
    );
    return [...new Set(found)].sort();
  }

  /** Whether a file is new and none of its objects was in its cluster before, so that it cannot have been applied. */
  wasNeverApplied(path: string): boolean {
    if (this.base.files.has(path) || !this.target.files.has(path)) return false;
    return readItems(this.target, path, () => undefined).every((item) => !this.wasThere(item));
  }

  private wasThere({ cluster, group, kind, namespace, name }: Item): boolean {
    return this.pathsOf(this.base, cluster)
      .filter((path) => this.base.files.get(path)?.includes(name))
      .flatMap((path) => readItems(this.base, path, () => undefined))
      .some((item) => item.name === name && item.kind === kind && item.group === group && item.namespace === namespace);
  }

  private versions({ files }: Side, cluster: string): SpireVersions {
    const texts = this.pathsOf({ files }, cluster).map((path) => required(files.get(path), `the text of ${path}`));
    const versionOf = (image: string): string | undefined =>
      texts
        .map((text) => new RegExp(`image: \\S*/${image}:v?(\\d+\\.\\d+\\.\\d+)`).exec(text)?.[1])
        .find((version) => version !== undefined);
    return { server: versionOf('spire-server'), agent: versionOf('spire-agent') };
  }

  private pathsOf({ files }: Pick<Side, 'files'>, cluster: string): readonly string[] {
    return this.ofCluster.get(files)?.get(cluster) ?? [];
  }
}

function pathsByFolder(files: FileTree): ReadonlyMap<string, readonly string[]> {
  const folders = new Map<string, string[]>();
  for (const path of [...files.keys()].filter((file) => file.endsWith('.yaml')).sort()) {
    const folder = path.slice(0, path.indexOf('/'));
    const paths = folders.get(folder);
    if (paths === undefined) folders.set(folder, [path]);
    else paths.push(path);
  }
  return folders;
}

/** Whether a controller reads the ConfigMap as a volume or as environment variables. */
function names({ content }: Item, configMap: string): boolean {
  const text = JSON.stringify(content);
  const name = JSON.stringify(configMap);
  return [`"configMap":{"name":${name}`, `"configMapRef":{"name":${name}`].some((part) => text.includes(part));
}
