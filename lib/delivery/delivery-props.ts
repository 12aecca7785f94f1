/** The props that all delivery objects share, and paths of the output in the repository. */
import type { ResolvedDelivery } from '../model/resolved-fleet';

export interface DeliveryProps {
  /** Name of the fleet. */
  readonly fleet: string;
  readonly delivery: ResolvedDelivery;
}

/** A path of the output as a path in the repository. */
export function repositoryPath({ path }: Pick<ResolvedDelivery, 'path'>, outputPath: string): string {
  return path === '.' ? outputPath : `${path}/${outputPath}`;
}
