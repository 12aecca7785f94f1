/** The kubectl command that puts a Secret into a cluster. It can be run again with other files. */

/**
 * Pipes `create` into a server-side apply. It overrules other field managers, because the person who runs the command
 * has the newest files.
 * @param create a `kubectl create secret` with its files
 * @param context the kubectl context, named like the cluster
 */
export function applySecretCommand(create: string, context: string): string {
  return `${create} --dry-run=client -o yaml | kubectl --context ${context} apply --server-side --force-conflicts -f -`;
}
