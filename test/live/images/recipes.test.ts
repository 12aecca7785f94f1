import { join } from 'node:path';
import { readTree } from '../fleet/work-fleet';
import { imageRecipes, prometheusRelease, type RecipeSources } from './recipes';
import { imagesOf } from './referenced-images';

const DIST = join(__dirname, '..', '..', '..', 'dist');

const sources: RecipeSources = {
  programs: {
    has: () => true,
    path: (family, program) => `/${family}/${program}`,
    version: (family) => (family === 'previousSpire' ? 'v1.1.9' : 'v1.2.3'),
    source: () => 'm v1.2.3',
  },
  iptablesExtensions: [],
  webRoots: '',
  istioModule: '/istio',
  envoy: { file: '/envoy', version: '1' },
  debian: { 'busybox-static': '1', curl: '1-1', iptables: '1', tini: '1' },
};

test('finds every image of the committed output, each once', () => {
  const images = imagesOf([...readTree(DIST)].filter(([path]) => path.endsWith('.yaml')).map(([, text]) => text));
  expect(images).toEqual([...new Set(images)].sort());
  expect(images.filter((image) => image.startsWith('ghcr.io/spiffe/'))).toHaveLength(4);
});

test('knows how to make every image that the committed output names', () => {
  const known = imageRecipes(sources).map(({ repository }) => repository);
  const images = imagesOf([...readTree(DIST)].filter(([path]) => path.endsWith('.yaml')).map(([, text]) => text));
  expect(images.filter((image) => !known.includes(image.slice(0, image.lastIndexOf(':'))))).toEqual([]);
});

test("reads Prometheus' own release from the version of its module", () => {
  expect(prometheusRelease('v0.310.0')).toBe('v3.10.0');
});
