/** The files of a new repository, without its keys and its output. */
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ownFolder, ownPackage } from '../own-package';
import { type NewFleet, renderFleetFile } from './fleet-file';

export const CI_SYSTEMS = ['github', 'gitlab', 'none'] as const;

export type CiSystem = (typeof CI_SYSTEMS)[number];

export interface NewRepository extends NewFleet {
  readonly ci: CiSystem;
  /** Path of the package file to copy into the repository. @default - npm installs the version from a registry */
  readonly packed?: string;
}

export interface RepositoryFile {
  /** Relative to the repository, with `/` between folders. */
  readonly path: string;
  readonly content: string | Buffer;
}

export function repositoryFiles(repository: NewRepository): readonly RepositoryFile[] {
  return [
    { path: 'fleet.yaml', content: renderFleetFile(repository) },
    { path: 'cdk8s.yaml', content: CDK8S_FILE },
    { path: 'package.json', content: `${JSON.stringify(packageFile(repository), undefined, 2)}\n` },
    { path: '.gitignore', content: GITIGNORE },
    ...packedFile(repository),
    ...ciFile(repository),
  ];
}

const CDK8S_FILE = `language: typescript
app: npx cdk8s-spire app
# cdk8s synth deletes this folder before each run, so never set it to dist. The app writes dist/ itself, and only if there is no problem.
output: .cdk8s-output
`;

const GITIGNORE = `node_modules/
.cdk8s-output
# Private keys of trial roots.
**/trust/private/
`;

/** Folder of the package file in the repository, so that npm ci finds it on every machine. */
const VENDOR = 'vendor';

/** Packages pinned to the versions that cdk8s-spire is tested with, because another version may write other bytes. */
const TESTED = ['cdk8s', 'cdk8s-cli', 'cdk8s-plus-27', 'constructs'];

function packageFile({ packed }: NewRepository): unknown {
  const own = ownPackage();
  return {
    private: true,
    scripts: {
      // Without the option, the CLI queries the npm registry for a newer version.
      synth: 'quiet-cdk8s synth --check-upgrade=false',
      check: 'cdk8s-spire check',
    },
    devDependencies: {
      ...Object.fromEntries(TESTED.map((tested) => [tested, own.devDependencies[tested]])),
      'cdk8s-spire': packed === undefined ? own.version : `file:${VENDOR}/${basename(packed)}`,
    },
  };
}

function packedFile({ packed }: NewRepository): readonly RepositoryFile[] {
  return packed === undefined ? [] : [{ path: `${VENDOR}/${basename(packed)}`, content: readFileSync(packed) }];
}

const CI_FILES: Readonly<Record<CiSystem, { readonly template: string; readonly path: string } | undefined>> = {
  github: { template: 'github-actions.yml', path: '.github/workflows/fleet.yml' },
  gitlab: { template: 'gitlab-ci.yml', path: '.gitlab-ci.yml' },
  none: undefined,
};

function ciFile({ ci }: NewRepository): readonly RepositoryFile[] {
  const file = CI_FILES[ci];
  return file === undefined
    ? []
    : [{ path: file.path, content: readFileSync(join(ownFolder(), 'templates', 'ci', file.template), 'utf8') }];
}
