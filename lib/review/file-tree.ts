/** The type of an output folder in a review: texts by path, from the disk or from Git. */

/** Texts of files by their path below the output folder, with `/` between folders. Symbolic links are left out. */
export type FileTree = ReadonlyMap<string, string>;

/** A set of paths, or a map by path. */
export type FilePaths = Pick<ReadonlySet<string>, 'has' | 'keys'>;

/** One of the two sides of a comparison. */
export interface Side {
  /** Name of the output in messages, such as `dist` or `HEAD:dist`. */
  readonly shown: string;
  readonly files: FileTree;
  /** All paths of the output, if `files` has only a part of it. @default - the paths of `files` */
  readonly paths?: FilePaths;
}

/** All paths of the output, because a kustomization may list files outside of the compared part. */
export function pathsOf({ files, paths = files }: Side): FilePaths {
  return paths;
}
