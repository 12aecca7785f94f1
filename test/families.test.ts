/**
 * Families of components: only the catalog of a family knows its members, so that a new one is one file and one line.
 * To add a family, add an entry to FAMILIES.
 */

import { TOOL_NAMES } from '../lib/delivery/settings-catalog';
import { EXPOSURES } from '../lib/exposure/catalog';
import { PLATFORMS } from '../lib/platforms/catalog';
import { PRESETS } from '../lib/presets/catalog';
import { filesBelow, importedFiles, type Node, sourceFiles } from './source-files';

interface Family {
  /** Folder with the interface, the catalog and one file for each member. */
  readonly folder: string;
  /** Files of the folder that are no members, without extension. */
  readonly besideMembers: readonly string[];
  /** Of a family with a folder for each member: each catalog, with how the names of its records end. @default - a file each */
  readonly records?: Readonly<Record<string, string>>;
  /** Words that name a member and nothing else: no other file may have them as a string or as a key. */
  readonly words: readonly string[];
  /** Words that name a member here and something else elsewhere: no other file may compare a value with them. */
  readonly ambiguousWords?: readonly string[];
  /** Files outside of the folder in which a word means something else, with what it means there. */
  readonly otherwise?: Readonly<Record<string, string>>;
}

const BALANCED = 'a Service that always has a load balancer, whatever exposes the bundle endpoint';
const INSIDE = 'a Service that is reached from inside the cluster alone';

const BY_NAME = 'the names of all plugins of SPIRE, to find those that are misspelt';

const FAMILIES: readonly Family[] = [
  {
    folder: 'lib/exposure',
    besideMembers: ['catalog', 'exposure'],
    words: EXPOSURES.map(({ name }) => name),
    otherwise: {
      'lib/istio/istio-settings.ts': BALANCED,
      'lib/nesting/server-api.ts': BALANCED,
      'lib/review/rules/exposure.ts': 'the type of any Service, as Kubernetes writes it',
      'lib/spire/controller-manager.ts': INSIDE,
      'lib/spire/server.ts': INSIDE,
    },
  },
  {
    folder: 'lib/delivery',
    besideMembers: ['catalog', 'delivery-props', 'settings-catalog', 'tool-output', 'tool-settings'],
    records: { catalog: 'output', 'settings-catalog': 'settings' },
    words: TOOL_NAMES,
  },
  {
    folder: 'lib/platforms',
    besideMembers: ['catalog', 'platform'],
    // "kind" and "kubernetes" are keys of most objects.
    words: PLATFORMS.map(({ name }) => name).filter((name) => name !== 'kind' && name !== 'kubernetes'),
    ambiguousWords: ['kind', 'kubernetes'],
  },
  {
    folder: 'lib/presets',
    besideMembers: ['catalog', 'preset'],
    words: PRESETS.map(({ name }) => name),
  },
  {
    folder: 'lib/cloud-identity',
    besideMembers: ['catalog', 'cloud-identity'],
    words: [
      'azure.workload.identity/client-id',
      'azure.workload.identity/use',
      'eks.amazonaws.com/role-arn',
      'iam.gke.io/gcp-service-account',
    ],
    // Plans of plugins say which cloud they call.
    ambiguousWords: ['aws', 'azure', 'gcp'],
  },
  {
    folder: 'lib/spire-plugins/bundle-publisher',
    besideMembers: [
      'bundle-format',
      'bundle-publisher',
      'catalog',
      'config-map-plugin',
      'one-per-plugin',
      'stored-credentials',
    ],
    words: [
      'aws_rolesanywhere_trustanchor',
      'aws_s3',
      'awsS3',
      'azure_blob',
      'azureBlob',
      'gcp_cloudstorage',
      'gcpStorage',
      'k8s_configmap',
      'rolesAnywhere',
    ],
    ambiguousWords: ['configMap'],
    otherwise: { 'lib/spire-plugins/by-name/built-ins.ts': BY_NAME },
  },
  {
    folder: 'lib/spire-plugins/datastore',
    besideMembers: [
      'aws-iam',
      'catalog',
      'datastore',
      'mysql-connection',
      'postgres-connection',
      'sql',
      'sql-connections',
      'sql-tls',
    ],
    words: ['awsMysql', 'awsPostgres', 'mysql', 'postgres', 'sqlite', 'sqlite3'],
    ambiguousWords: ['sql'],
  },
  {
    folder: 'lib/spire-plugins/key-manager',
    besideMembers: ['catalog', 'key-identifier', 'key-manager'],
    words: [
      'aws_kms',
      'awsKms',
      'azure_key_vault',
      'azureKeyVault',
      'gcp_kms',
      'gcpKms',
      'hashicorp_vault',
      'keys.json',
    ],
    ambiguousWords: ['disk', 'vault'],
  },
  {
    folder: 'lib/spire-plugins/upstream-authority',
    besideMembers: [
      'catalog',
      'cert-manager-issuer',
      'certificate-in-secret',
      'intermediate-ca',
      'intermediate-certificate',
      'upstream-authority',
    ],
    words: [
      'aws_pca',
      'awsPca',
      'awssecret',
      'awsSecret',
      'bundle_file_path',
      'cert-manager',
      'certManager',
      'ejbca',
      'gcp_cas',
      'gcpCas',
      'workload_api_socket',
    ],
    ambiguousWords: ['disk', 'nested', 'secret', 'spire', 'vault'],
    otherwise: {
      'lib/explain/relevant-problems.ts': 'the section of a fleet with the settings of SPIRE',
      'lib/spire-plugins/by-name/built-ins.ts': BY_NAME,
    },
  },
  {
    folder: 'lib/spire-plugins/node-attestor',
    besideMembers: ['catalog', 'node-attestor'],
    words: ['k8s_psat', 'k8s-psat', 'x509pop'],
    otherwise: { 'lib/spire-plugins/by-name/built-ins.ts': BY_NAME },
  },
];

const sources = sourceFiles();

describe.each(FAMILIES)('$folder', ({ folder, besideMembers, records, words, ambiguousWords = [], otherwise = {} }) => {
  const outside = sources.filter(({ path }) => !path.startsWith(`${folder}/`));
  const members = filesBelow(folder)
    .map((path) => path.replace(/\.ts$/, ''))
    .filter((path) => !besideMembers.includes(path.slice(folder.length + 1)));

  /** The public API exports the constructs of a member that is a folder. */
  const exportsMembers = (path: string): boolean => records !== undefined && path === 'lib/index.ts';

  test('has one file for each member, which only the folder itself imports', () => {
    expect(members.length).toBeGreaterThan(0);
    const found = outside
      .filter(({ path }) => !(path in otherwise) && !exportsMembers(path))
      .flatMap((file) =>
        importedFiles(file)
          .filter((target) => members.includes(target))
          .map((target) => `${file.path}: imports ${target}`),
      );
    expect(found).toEqual([]);
  });

  test.each(Object.entries(records ?? { catalog: '' }))('has a %s with each member', (catalog, ending) => {
    const file = sources.find(({ path }) => path === `${folder}/${catalog}.ts`);
    const known = ending === '' ? members : words.map((name) => `${folder}/${name}/${name}-${ending}`);
    expect(members).toEqual(expect.arrayContaining([...known]));
    expect(file && importedFiles(file)).toEqual(expect.arrayContaining([...known]));
  });

  test('is the only place that names its members', () => {
    const naming = outside.filter(({ nodes }) =>
      nodes.some(
        (node) =>
          named(node).some((word) => words.includes(word)) ||
          compared(node).some((word) => ambiguousWords.includes(word)),
      ),
    );
    expect(naming.map(({ path }) => path)).toEqual(Object.keys(otherwise).sort());
  });
});

/** A string, a name, or a part of a template, alone or between slashes. */
function named({ type, value, cooked }: Node): readonly string[] {
  if (type === 'StringLiteral' || type === 'Identifier') return [String(value)];
  return type === 'TemplateElement' ? String(cooked).split('/') : [];
}

/** Strings that a value is compared with. */
function compared({ type, operator, left, right, test: tested }: Node): readonly string[] {
  const operands =
    type === 'BinaryExpression' && ['===', '!==', '==', '!='].includes(String(operator))
      ? [left, right]
      : type === 'SwitchCase'
        ? [tested]
        : [];
  return operands.flatMap((operand) => {
    const node = operand as Node | null | undefined;
    return node?.type === 'StringLiteral' ? [String(node.value)] : [];
  });
}
