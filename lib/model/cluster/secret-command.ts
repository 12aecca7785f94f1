/** Knows how a person puts a Secret into a cluster so that the same command can be run again, with other files. */

/**
 * Field managers before, such as a plain apply, are overruled: the files are the person's latest word.
 * @param create a `kubectl create secret` with its files
 */
export function secretCommand(create: string, context: string): string {
  return `${create} --dry-run=client -o yaml | kubectl --context ${context} apply --server-side --force-conflicts -f -`;
}
