/** Says what an output folder is to a review: texts by path, wherever they were read from. */

/** Texts by their path below the output folder, with `/` between folders; only of files, links are left out. */
export type FileTree = ReadonlyMap<string, string>;

/** One of the two sides of a comparison. */
export interface Side {
  /** How a person reaches its files, as `dist` or `HEAD:dist`; begins the place of a problem. */
  readonly shown: string;
  readonly files: FileTree;
}
