/** Reads the version of SPIRE from a changed container image. */
import type { Change } from '../change';

export interface VersionChange {
  readonly from: string;
  readonly to: string;
}

/** How the version of the server changes with this object; undefined where it does not. */
export function serverChange(change: Change): VersionChange | undefined {
  return imageChange(change, 'spire-server');
}

/** The same of the agent. */
export function agentChange(change: Change): VersionChange | undefined {
  return imageChange(change, 'spire-agent');
}

function imageChange({ fields }: Change, image: string): VersionChange | undefined {
  const version = (value: unknown): string | undefined =>
    typeof value === 'string' ? new RegExp(`/${image}:v?(\\d+\\.\\d+\\.\\d+)`).exec(value)?.[1] : undefined;
  const field = fields.find(({ path, before }) => path.at(-1) === 'image' && version(before) !== undefined);
  const [from, to] = [version(field?.before), version(field?.after)];
  return from === undefined || to === undefined ? undefined : { from, to };
}
