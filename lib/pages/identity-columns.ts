/** The command that shows the status of each ClusterSPIFFEID. */

/**
 * The counters that the controller manager keeps for each ClusterSPIFFEID. Plain `get` prints only the name.
 * @see https://github.com/spiffe/spire-controller-manager/blob/v0.7.0/api/v1alpha1/clusterspiffeid_types.go
 */
const COLUMNS = [
  'RULE:.metadata.name',
  'PODS:.status.stats.podsSelected',
  'ENTRIES:.status.stats.entriesToSet',
  'MASKED:.status.stats.entriesMasked',
  'NOT_RENDERED:.status.stats.podEntryRenderFailures',
  'FAILED:.status.stats.entryFailures',
];

/** @param context of kubectl */
export function identityColumns(context: string): string {
  return `kubectl --context ${context} get clusterspiffeids -o custom-columns=${COLUMNS.join(',')}`;
}
