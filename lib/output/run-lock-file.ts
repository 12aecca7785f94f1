/** Names the file by which a run shows that it writes into an output folder. */

/** Below the output folder, while a run is at work there. */
export const RUN_LOCK = '.cdk8s-spire-running';
