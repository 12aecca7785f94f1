/** Istio's Bookinfo: a product page that calls details and reviews; reviews calls ratings. */
import { ISTIO_HUB } from '../images/images';
import type { Preset, PresetComponent, PresetVersion } from './preset';

const PAGE = '/productpage';

/** @see https://istio.io/latest/docs/examples/bookinfo/ */
export const bookinfo = {
  name: 'bookinfo',
  summary: "bookinfo is Istio's sample of four Services",
  components: [
    component('details', { calledBy: ['productpage'] }),
    component('productpage', {}),
    component('ratings', { calledBy: ['reviews'] }),
    component('reviews', {
      calledBy: ['productpage'],
      versions: ['v1', 'v2', 'v3'],
      env: { LOG_DIR: '/tmp/logs' },
      scratch: { 'wlp-output': '/opt/ibm/wlp/output' },
    }),
  ],
  entry: {
    component: 'productpage',
    // The VirtualService of the federation walkthrough lets these through.
    routes: [PAGE, '/static*', '/login', '/logout', '/api/v1/products*'],
    page: PAGE,
  },
  inapplicable: {
    serviceAccount: 'Bookinfo has a ServiceAccount for each component',
    spiffeId: 'Bookinfo is called inside the mesh, where Istio expects SPIFFE IDs of its own form',
    calls: 'Bookinfo calls no other workloads',
  },
} as const satisfies Preset;

interface Differences extends Pick<PresetComponent, 'calledBy'>, Pick<PresetVersion, 'env' | 'scratch'> {
  /** @default - v1 alone */
  readonly versions?: readonly string[];
}

/** The programs call each other by these names, so a fleet cannot choose others. */
function component(name: string, { calledBy, versions = ['v1'], env, scratch }: Differences): PresetComponent {
  return {
    name,
    serviceAccount: `bookinfo-${name}`,
    port: 9080,
    calledBy,
    versions: versions.map((version) => ({
      version,
      // As samples/ of the Istio module name it that images/ names for curl.
      image: `${ISTIO_HUB}/examples-bookinfo-${name}-${version}:1.20.3`,
      env,
      scratch: { tmp: '/tmp', ...scratch },
    })),
  };
}
