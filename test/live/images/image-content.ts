/** The types of what goes into a container image, before it is one. */

export interface ImageContent {
  /** Path in the image → file on this machine. */
  readonly files: Readonly<Record<string, string>>;
  /** Path in the image → text of a file. */
  readonly texts?: Readonly<Record<string, string>>;
  /** Path in the image → what the link points to. */
  readonly links?: Readonly<Record<string, string>>;
  /** Programs linked dynamically: their libraries come along. */
  readonly dynamic?: readonly string[];
  readonly entrypoint: readonly string[];
  /** As `1000` or `1000:1000`. @default - root */
  readonly user?: string;
}

/** What an image of the manifests is made of here. */
export interface ImageRecipe {
  /** Repository as the manifests name it, without tag. */
  readonly repository: string;
  readonly content: ImageContent;
  /** Program and version that runs in it, for the report. */
  readonly runs: string;
  /** Tag that this version would have. The first recipe of a repository is for all other tags. @default - any tag will do */
  readonly tag?: string;
  /** Why it is not the real program. @default - it is the real program */
  readonly standIn?: string;
}
