/** Brings two clusters up to the point where the fleet is applied: images, clusters, add-ons, dist/ by its README. */
import { readFileSync } from 'node:fs';
import { type AddOns, addOns, addOnsReady, installAddOns } from './cluster/add-ons';
import type { Cluster } from './cluster/cluster';
import type { Lab } from './cluster/lab';
import { PAUSE_IMAGE } from './cluster/node-services';
import { applyFleet, type SecretFiles } from './fleet/apply-fleet';
import type { IstioInstallation } from './fleet/install-istio';
import type { WorkFleet } from './fleet/work-fleet';
import { type MadeImage, makeImages } from './images/make-images';
import { imageRecipes } from './images/recipes';
import { imagesOf } from './images/referenced-images';
import { WebAuthority } from './machine/web-certificate';
import type { Materials } from './materials';

export interface SetUpProps {
  readonly lab: Lab;
  readonly materials: Materials;
  readonly fleet: WorkFleet;
  readonly report: (line: string) => void;
}

/** Every image that the fleet, Istio and the add-ons name. */
export async function makeFleetImages(props: SetUpProps): Promise<readonly MadeImage[]> {
  const { lab, materials } = props;
  const { programs } = materials;
  const names = [
    ...imagesOf(manifestsOf(props)),
    ...['pilot', 'proxyv2'].map((name) => `docker.io/istio/${name}:${programs.version('istio')}`),
    ...(programs.has('previousSpire')
      ? ['spire-server', 'spire-agent'].map(
          (name) => `ghcr.io/spiffe/${name}:${programs.version('previousSpire').slice(1)}`,
        )
      : []),
    PAUSE_IMAGE,
  ];
  const { roots } = await WebAuthority.in(lab.folder('web'));
  const recipes = imageRecipes({ ...materials, webRoots: readFileSync(roots, 'utf8') });
  return makeImages(names, recipes, lab.folder('images'));
}

function manifestsOf({ fleet, materials }: SetUpProps): readonly string[] {
  const manifests = [...fleet.files()].filter(([path]) => path.endsWith('.yaml')).map(([, text]) => text);
  return [...manifests, ...addOnsOf(materials).manifests];
}

/** Without its tag: fleets change versions. */
const repositoryOf = (image: string): string => image.slice(0, image.lastIndexOf(':'));

/** What has pods on the nodes beside the first one. */
const SPREAD = ['DaemonSet', 'StatefulSet'];

/** Starts a cluster and gives it the images and what dist/ expects to find. */
export async function startCluster(cluster: Cluster, images: readonly MadeImage[], props: SetUpProps): Promise<void> {
  const { materials, report } = props;
  await cluster.start();
  report(`${cluster.name}: ${cluster.nodes.map(({ name, address }) => `${name} ready at ${address}`).join(', ')}`);
  await cluster.closeWorkers();
  const spread = new Set([...imagesOf(manifestsOf(props), SPREAD), PAUSE_IMAGE].map(repositoryOf));
  for (const { name, archive } of images) {
    await cluster.importImage(archive, { everywhere: spread.has(repositoryOf(name)) });
  }
  await installAddOns(cluster, addOnsOf(materials));
  await addOnsReady(cluster);
  report(`${cluster.name}: images imported, cluster DNS and MetalLB ready`);
}

/** Applies the fleet by the commands of its README. */
export function applyTo(
  cluster: Cluster,
  trustDomain: string,
  props: SetUpProps,
  secretFiles: SecretFiles = {},
): Promise<void> {
  const { fleet, report, materials } = props;
  return applyFleet(cluster, {
    fleet,
    trustDomain,
    secretFiles,
    report,
    istio: istioOf(props),
    kubectl: materials.programs.path('kubernetes', 'kubectl'),
  });
}

/** What Istio is installed from. */
export function istioOf({ fleet, materials }: SetUpProps): IstioInstallation {
  const { programs, istioModule } = materials;
  return { dist: fleet.dist, istioModule, helm: programs.path('helm', 'helm') };
}

function addOnsOf({ metallbModule, programs }: Materials): AddOns {
  return addOns(metallbModule, programs.version('coredns'));
}
