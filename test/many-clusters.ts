/** A fleet of several clusters in a folder of its own, for what only shows with many. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NOW, temporaryFolder } from './support';
import { makeTrialCa } from './trial-ca';

/** Enough clusters for several files of each kind. */
export const CLUSTERS = 10;

/** @param last setting of the last cluster, as YAML within a flow map */
export function manyClusters(last = '', clusters = CLUSTERS): string {
  const names = Array.from({ length: clusters - 1 }, (_, index) => `store-${index + 1}`);
  return [
    'fleet: stores',
    'clusters:',
    '  office: { trustDomain: office.example, bundleEndpoint: { address: 10.0.0.1 }, gateway: { address: 10.0.0.2 } }',
    ...names.map((name, index) => {
      const setting = index === names.length - 1 ? last : '';
      return `  ${name}: { trustDomain: ${name}.example, bundleEndpoint: { address: 10.0.1.${index} }${setting} }`;
    }),
    'federation:',
    `  - { hub: office, spokes: [${names.join(', ')}] }`,
    'workloads:',
    '  stock: { cluster: office, preset: bookinfo, host: stock.example }',
    '  till: { cluster: store-1, preset: curl-greeter, calls: [stock] }',
    '',
  ].join('\n');
}

/** A folder with the fleet and its roots. */
export async function manyClustersFolder(clusters = CLUSTERS): Promise<string> {
  const folder = temporaryFolder();
  const fleet = manyClusters('', clusters);
  mkdirSync(join(folder, 'trust'));
  for (const [, trustDomain = ''] of fleet.matchAll(/trustDomain: ([\w.-]+)/g)) {
    writeFileSync(join(folder, 'trust', `${trustDomain}.pem`), (await makeTrialCa(trustDomain, NOW)).root);
  }
  writeFileSync(join(folder, 'fleet.yaml'), fleet);
  return folder;
}

/** Path → text of every file below a folder. */
export function treeOf(folder: string): Readonly<Record<string, string>> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).sort();
  return Object.fromEntries(paths.map((path) => [path.slice(folder.length + 1), readFileSync(path, 'utf8')]));
}
