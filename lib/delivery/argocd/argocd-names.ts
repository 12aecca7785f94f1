/** Names of the objects of Argo CD, and its folder of the output. */
import { argoCdSettings } from './argocd-settings';

export const ARGOCD_FOLDER = argoCdSettings.name;

/** The Application of Argo CD that applies one cluster. */
export function applicationName(fleet: string, cluster: string): string {
  return `${fleet}-${cluster}`;
}
