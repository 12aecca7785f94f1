/** How each image in the manifests is made for the live proof, and which images are stand-ins. */
import { join } from 'node:path';
import type { BuiltPrograms } from '../programs/built-programs';
import type { ImageRecipe } from './image-content';

export interface RecipeSources {
  readonly programs: BuiltPrograms;
  /** Folder of Istio's module, which holds Envoy's bootstrap template. */
  readonly istioModule: string;
  readonly envoy: { readonly file: string; readonly version: string };
  /** Extensions of iptables: files with the path that they have in the image too. */
  readonly iptablesExtensions: readonly string[];
  /** The certificate in PEM that replaces the roots of the public web. */
  readonly webRoots: string;
  /** Version of each Debian package that files are taken from. */
  readonly debian: Readonly<Record<'busybox-static' | 'curl' | 'iptables' | 'tini', string>>;
}

/** Every image of the two clusters. */
export function imageRecipes(sources: RecipeSources): readonly ImageRecipe[] {
  return [...spireRecipes(sources), ...istioRecipes(sources), ...workloadRecipes(sources), ...clusterRecipes(sources)];
}

function spireRecipes({ programs, webRoots }: RecipeSources): readonly ImageRecipe[] {
  const controllerManager = programs.version('controllerManager');
  const csiDriver = programs.version('csiDriver');
  return [
    ...(['spire', 'previousSpire'] as const)
      .filter((family) => programs.has(family))
      .flatMap((family) =>
        (['spire-server', 'spire-agent'] as const).map((name) => ({
          repository: `ghcr.io/spiffe/${name}`,
          content: {
            files: { [`/opt/spire/bin/${name}`]: programs.path(family, name) },
            texts: { '/etc/ssl/certs/ca-certificates.crt': webRoots },
            entrypoint: [`/opt/spire/bin/${name}`, 'run'],
          },
          runs: `${name} ${programs.version(family)}`,
          tag: programs.version(family).slice(1),
        })),
      ),
    {
      repository: 'ghcr.io/spiffe/spire-controller-manager',
      content: {
        files: { '/spire-controller-manager': programs.path('controllerManager', 'spire-controller-manager') },
        entrypoint: ['/spire-controller-manager'],
      },
      runs: `spire-controller-manager ${controllerManager}`,
      tag: controllerManager.slice(1),
    },
    {
      repository: 'ghcr.io/spiffe/spiffe-csi-driver',
      content: {
        files: { '/spiffe-csi-driver': programs.path('csiDriver', 'spiffe-csi-driver') },
        entrypoint: ['/spiffe-csi-driver'],
      },
      runs: `spiffe-csi-driver ${csiDriver}`,
      tag: csiDriver.slice(1),
    },
    {
      repository: 'registry.k8s.io/sig-storage/csi-node-driver-registrar',
      content: {
        files: { '/csi-node-driver-registrar': programs.path('standIns', 'node-driver-registrar') },
        entrypoint: ['/csi-node-driver-registrar'],
      },
      runs: "test/live/stand-ins/registrar, the kubelet's plugin registration protocol",
      standIn: 'no version of the module is served by the Go module proxy',
    },
  ];
}

function istioRecipes({
  programs,
  istioModule,
  envoy,
  debian,
  iptablesExtensions,
}: RecipeSources): readonly ImageRecipe[] {
  const version = programs.version('istio');
  return [
    {
      repository: 'docker.io/istio/pilot',
      content: {
        files: { '/usr/local/bin/pilot-discovery': programs.path('istio', 'pilot-discovery') },
        entrypoint: ['/usr/local/bin/pilot-discovery'],
        user: '1337:1337',
      },
      runs: `pilot-discovery of ${programs.source('istio')}, which calls itself ${version}`,
    },
    {
      repository: 'docker.io/istio/proxyv2',
      content: {
        files: {
          '/usr/local/bin/pilot-agent': programs.path('istio', 'pilot-agent'),
          '/usr/local/bin/envoy': envoy.file,
          '/var/lib/istio/envoy/envoy_bootstrap_tmpl.json': join(
            istioModule,
            'tools/packaging/common/envoy_bootstrap.json',
          ),
          ...iptablesFiles(iptablesExtensions),
        },
        links: iptablesLinks(),
        dynamic: [envoy.file, '/usr/sbin/xtables-nft-multi', '/usr/sbin/xtables-legacy-multi'],
        entrypoint: ['/usr/local/bin/pilot-agent'],
      },
      runs: `pilot-agent of ${programs.source('istio')}, upstream Envoy ${envoy.version}, Debian's iptables ${debian.iptables}`,
      standIn: "upstream Envoy in place of Istio's build, which adds filters for telemetry and protocol negotiation",
    },
  ];
}

/** Programs and extensions of iptables, with which istio-init leads a pod's traffic through the proxy. */
function iptablesFiles(extensions: readonly string[]): Readonly<Record<string, string>> {
  const files = [
    ...['xtables-nft-multi', 'xtables-legacy-multi'].map((name) => join('/usr/sbin', name)),
    ...extensions,
  ];
  return Object.fromEntries(files.map((file) => [file, file]));
}

function iptablesLinks(): Readonly<Record<string, string>> {
  const names = ['iptables', 'ip6tables'].flatMap((name) =>
    ['', '-save', '-restore'].flatMap((action) => [
      [`${name}${action}`, 'xtables-nft-multi'],
      [`${name}-nft${action}`, 'xtables-nft-multi'],
      [`${name}-legacy${action}`, 'xtables-legacy-multi'],
    ]),
  );
  return Object.fromEntries(names.map(([name, program]) => [`/usr/sbin/${name}`, program as string]));
}

const BOOKINFO = ['details-v1', 'productpage-v1', 'ratings-v1', 'reviews-v1', 'reviews-v2', 'reviews-v3'];

function workloadRecipes({ programs, debian }: RecipeSources): readonly ImageRecipe[] {
  return [
    ...BOOKINFO.map((name) => {
      const [service, version] = name.split('-') as [string, string];
      return {
        repository: `docker.io/istio/examples-bookinfo-${name}`,
        content: {
          files: { '/bookinfo': programs.path('standIns', 'bookinfo') },
          entrypoint: ['/bookinfo', service, version],
          user: '1000',
        },
        runs: `test/live/stand-ins/bookinfo as ${service} ${version}`,
        standIn: 'the services of Bookinfo are not Go modules; this one has the same ports, paths and calls',
      };
    }),
    {
      repository: 'docker.io/curlimages/curl',
      content: {
        files: { '/usr/bin/curl': '/usr/bin/curl', '/bin/busybox': '/bin/busybox' },
        links: Object.fromEntries(
          ['sh', 'sleep', 'cat', 'ls', 'mkdir', 'head', 'base64', 'tr'].map((name) => [`/bin/${name}`, 'busybox']),
        ),
        dynamic: ['/usr/bin/curl'],
        entrypoint: ['/usr/bin/curl'],
        user: '100',
      },
      runs: `Debian's curl ${debian.curl}, busybox ${debian['busybox-static']}`,
      tag: debian.curl.split('-')[0],
    },
    {
      repository: 'docker.io/prom/prometheus',
      content: {
        files: { '/bin/prometheus': programs.path('prometheus', 'prometheus') },
        entrypoint: ['/bin/prometheus'],
        user: '65534',
      },
      runs: `prometheus ${programs.version('prometheus')}, without its page`,
      tag: prometheusRelease(programs.version('prometheus')),
    },
    {
      repository: 'quay.io/kiali/kiali',
      content: {
        files: { '/opt/kiali/kiali': programs.path('kiali', 'kiali') },
        texts: {
          '/opt/kiali/console/index.html': '<!DOCTYPE html><title>Kiali</title>\n',
          '/opt/kiali/console/env.js': '\n',
        },
        entrypoint: ['/opt/kiali/kiali'],
        user: '1000',
      },
      runs: `kiali ${programs.version('kiali')}, without its page`,
      tag: programs.version('kiali'),
    },
  ];
}

/** The module counts its releases in another way: v0.310.0 of the module is v3.10.0 of the program. */
export function prometheusRelease(moduleVersion: string): string {
  const [, minor, patch] = /^v0\.(\d+)\.(\d+)$/.exec(moduleVersion) ?? [];
  return `v3.${Number(minor) - 300}.${patch}`;
}

/** Images of what the harness itself puts into a cluster. */
function clusterRecipes({ programs, debian }: RecipeSources): readonly ImageRecipe[] {
  const metallb = programs.version('metallb');
  return [
    {
      repository: 'registry.k8s.io/pause',
      content: {
        files: { '/tini': '/usr/bin/tini-static', '/busybox': '/bin/busybox' },
        entrypoint: ['/tini', '-g', '--', '/busybox', 'sleep', '2147483647'],
      },
      runs: `Debian's tini ${debian.tini} and busybox`,
      standIn: 'holds the namespaces of a pod, nothing else',
    },
    {
      repository: 'registry.k8s.io/coredns/coredns',
      content: { files: { '/coredns': programs.path('coredns', 'coredns') }, entrypoint: ['/coredns'] },
      runs: `coredns ${programs.version('coredns')}`,
      tag: programs.version('coredns'),
    },
    ...(['controller', 'speaker'] as const).map((name) => ({
      repository: `quay.io/metallb/${name}`,
      content: { files: { [`/${name}`]: programs.path('metallb', name) }, entrypoint: [`/${name}`] },
      runs: `MetalLB's ${name} ${metallb}`,
      tag: metallb,
    })),
  ];
}
