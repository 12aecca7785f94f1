/** The props that all delivery objects share, and paths of the output in the repository. */
import type { RepositorySettings } from '../model/delivery/without-fleet';
import type { ResolvedDelivery } from '../model/resolved-fleet';

export interface DeliveryProps {
  /** Name of the fleet. */
  readonly fleet: string;
  readonly delivery: ResolvedDelivery;
}

/** The same of a program without a fleet. */
export interface DeliverySettings {
  /** Name of all that is delivered, which names objects of the tool. */
  readonly fleet: string;
  readonly delivery: RepositorySettings;
}

/** A path of the output as a path in the repository. */
export function repositoryPath({ path }: Pick<ResolvedDelivery, 'path'>, outputPath: string): string {
  return path === '.' ? outputPath : `${path}/${outputPath}`;
}
