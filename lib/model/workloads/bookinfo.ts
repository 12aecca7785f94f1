/** Knows what Istio's Bookinfo sample consists of and who calls whom inside it. */
import type { ResolvedComponent, ResolvedDeployment, ResolvedRoute } from '../resolved-fleet';
import { bookinfoImage } from '../versions';

export const BOOKINFO_PORT = 9080;
/** The component that takes the calls. */
export const BOOKINFO_ENTRY = 'productpage';

/** Callers of each component inside the application; productpage's come from the fleet. */
export const BOOKINFO_CALLERS: Readonly<Record<string, readonly string[]>> = {
  details: ['productpage'],
  ratings: ['reviews'],
  reviews: ['productpage'],
};

/** What the walkthrough's VirtualService lets through. */
export const BOOKINFO_ROUTES: readonly ResolvedRoute[] = [
  { match: 'exact', path: '/productpage' },
  { match: 'prefix', path: '/static' },
  { match: 'exact', path: '/login' },
  { match: 'exact', path: '/logout' },
  { match: 'prefix', path: '/api/v1/products' },
];

const VERSIONS: Readonly<Record<string, readonly string[]>> = {
  details: ['v1'],
  productpage: ['v1'],
  ratings: ['v1'],
  reviews: ['v1', 'v2', 'v3'],
};

/** Folders that the images write to; their root file system is read-only. */
const SCRATCH: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  details: { tmp: '/tmp' },
  productpage: { tmp: '/tmp' },
  ratings: { tmp: '/tmp' },
  reviews: { tmp: '/tmp', 'wlp-output': '/opt/ibm/wlp/output' },
};

/** All components, sorted by name. The four Service names are fixed: the programs call each other by them. */
export function bookinfoComponents(): readonly ResolvedComponent[] {
  return Object.keys(VERSIONS)
    .sort()
    .map((name) => ({
      name,
      serviceAccount: bookinfoServiceAccount(name),
      port: BOOKINFO_PORT,
      deployments: (VERSIONS[name] ?? []).map((version) => deployment(name, version)),
    }));
}

export function bookinfoServiceAccount(component: string): string {
  return `bookinfo-${component}`;
}

/** Name of the policies in front of a component. */
export function bookinfoPolicy(workload: string, component: string): string {
  return `${workload}-${component}`;
}

function deployment(name: string, version: string): ResolvedDeployment {
  return {
    name: `${name}-${version}`,
    version,
    image: bookinfoImage(`${name}-${version}`),
    replicas: 1,
    env: name === 'reviews' ? { LOG_DIR: '/tmp/logs' } : {},
    scratch: SCRATCH[name] ?? {},
  };
}
