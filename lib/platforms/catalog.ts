/** All platforms. */
import { aks } from './aks';
import { eks } from './eks';
import { gke } from './gke';
import { k0s } from './k0s';
import { k3s } from './k3s';
import { kind } from './kind';
import { kubernetes } from './kubernetes';
import { microk8s } from './microk8s';
import { openshift } from './openshift';
import type { Platform, PlatformFacts } from './platform';
import { rke2 } from './rke2';
import { talos } from './talos';

/** The default first, the others sorted by name. */
export const PLATFORMS = [
  kubernetes,
  aks,
  eks,
  gke,
  k0s,
  k3s,
  kind,
  microk8s,
  openshift,
  rke2,
  talos,
] as const satisfies readonly Platform[];

export const DEFAULT_PLATFORM: Platform & { readonly facts: PlatformFacts } = kubernetes;

export type PlatformName = (typeof PLATFORMS)[number]['name'];

/** What holds on a platform; where its record does not say, what holds on the default platform. */
export function platformFacts(name: PlatformName = kubernetes.name): PlatformFacts {
  return { ...DEFAULT_PLATFORM.facts, ...PLATFORMS.find((platform) => platform.name === name)?.facts };
}
