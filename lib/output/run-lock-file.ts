/** The name of the file that locks an output folder while a run writes into it. */

/** Path below the output folder. The file exists during the run. */
export const RUN_LOCK = '.cdk8s-spire-running';
