/** The type of an output folder in a review: texts by path, from the disk or from Git. */

/** Texts by their path below the output folder, with `/` between folders; only of files, links are left out. */
export type FileTree = ReadonlyMap<string, string>;

/** Paths of files, by whatever holds them. */
export type FilePaths = Pick<ReadonlySet<string>, 'has' | 'keys'>;

/** One of the two sides of a comparison. */
export interface Side {
  /** How a person reaches its files, as `dist` or `HEAD:dist`; begins the place of a problem. */
  readonly shown: string;
  readonly files: FileTree;
  /** Every path of the output, where its files are those of a part of it. @default - those of its files */
  readonly paths?: FilePaths;
}

/** Every path of the output, whatever part is compared: what a kustomization lists may be in another. */
export function pathsOf({ files, paths = files }: Side): FilePaths {
  return paths;
}
