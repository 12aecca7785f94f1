/** Says by which command an output folder becomes what its fleet yields. */

export const DEFAULT_FLEET = 'fleet.yaml';
export const DEFAULT_OUTPUT = 'dist';

/** Both as a person named them. */
export interface Written {
  readonly fleet: string;
  readonly output: string;
}

export function synthCommand({ fleet, output }: Written): string {
  if (fleet === DEFAULT_FLEET && output === DEFAULT_OUTPUT) {
    return 'npx cdk8s synth';
  }
  const named = [
    ...(fleet === DEFAULT_FLEET ? [] : [`-f ${fleet}`]),
    ...(output === DEFAULT_OUTPUT ? [] : [`-o ${output}`]),
  ];
  return `npx cdk8s-spire synth ${named.join(' ')}`;
}
