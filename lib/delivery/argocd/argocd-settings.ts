/** The settings of Argo CD, which runs in one cluster and applies all. */
import * as z from 'zod';
import * as formats from '../../formats/formats';
import { mapOf, text } from '../../formats/schema-kit';
import { suggest } from '../../formats/suggest';
import { problemAt, problemAtKey, type Report } from '../../problems/problem';
import type { DeliveredRepository, ResolvedTool, ToolSettings } from '../tool-settings';
import { DEFAULT_PROJECT, parentProjectSame } from './settings-rules/parent-project-same';

const DEFAULTS = { namespace: 'argocd', parentProject: DEFAULT_PROJECT } as const;

const settings = z
  .strictObject({
    namespace: text(formats.dnsLabel, `Namespace of Argo CD. Default: ${DEFAULTS.namespace}.`, DEFAULTS.namespace)
      .optional()
      .meta({ default: DEFAULTS.namespace }),
    project: text(
      formats.dnsLabel,
      'Project that is made for the fleet. Default: the name of the fleet.',
      'shop',
    ).optional(),
    parentProject: text(
      formats.dnsLabel,
      `Existing project of the one Application that keeps the others up to date. Default: ${DEFAULTS.parentProject}.`,
      DEFAULTS.parentProject,
    )
      .optional()
      .meta({ default: DEFAULTS.parentProject }),
    clusterNames: mapOf(
      text(formats.shortName, 'A cluster.'),
      text(formats.dnsName, 'What Argo CD calls it, such as in-cluster.', 'in-cluster'),
    )
      .optional()
      .describe('Names by which Argo CD knows clusters, where they differ. Default: the names in this file.'),
  })
  .describe('How Argo CD applies the output.');

type Settings = z.infer<typeof settings>;

export interface ResolvedArgoCd extends ResolvedTool {
  readonly project: string;
  readonly parentProject: string;
  /** What Argo CD calls each cluster of the fleet. */
  readonly clusterNames: Readonly<Record<string, string>>;
}

export const argoCdSettings = {
  name: 'argocd',
  title: 'Argo CD',
  settings,
  resolve: (written: Settings, repository: DeliveredRepository, report: Report): ResolvedArgoCd => {
    checkPatterns(repository, report);
    return {
      namespace: written.namespace ?? DEFAULTS.namespace,
      project: written.project ?? repository.fleet,
      parentProject: written.parentProject ?? DEFAULTS.parentProject,
      clusterNames: clusterNamesOf(written, repository, report),
    };
  },
  /** @see https://argo-cd.readthedocs.io/en/stable/user-guide/projects/ */
  takenNames: ({ project }: ResolvedArgoCd, written: Settings) =>
    project === DEFAULT_PROJECT
      ? [
          {
            path: written.project === undefined ? ['fleet'] : ['delivery', 'argocd', 'project'],
            name: project,
            because: 'every Argo CD has a project of this name, which permits everything',
          },
        ]
      : [],
  rules: [parentProjectSame],
  apiGroups: /^argoproj\.io$/,
  annotations: {
    prune: /^argocd\.argoproj\.io\/(sync-options|hook|hook-delete-policy)$/,
    apply: /^argocd\.argoproj\.io\/compare-options$/,
  },
} as const satisfies ToolSettings;

/** Reports names of clusters that the fleet does not have, and names that two clusters would share. */
function clusterNamesOf(
  { clusterNames: names = {} }: Settings,
  { clusters }: DeliveredRepository,
  report: Report,
): Readonly<Record<string, string>> {
  const place = ['delivery', 'argocd', 'clusterNames'];
  for (const got of Object.keys(names).filter((name) => !clusters.includes(name))) {
    const suggestion = suggest(got, clusters);
    report(problemAtKey([...place, got], 'unknown-cluster', { got, clusters, suggestion }));
  }
  const clusterNames = Object.fromEntries(clusters.map((name) => [name, names[name] ?? name]));
  for (const [cluster, got] of Object.entries(names)) {
    const first = clusters.find((other) => clusterNames[other] === got && other < cluster);
    if (first !== undefined && clusters.includes(cluster)) {
      const firstPlace = names[first] === undefined ? ['clusters', first] : [...place, first];
      report(problemAt([...place, cluster], 'listed-twice', { got, first: firstPlace }));
    }
  }
  return clusterNames;
}

/** @see argo-cd pkg/apis/application/v1alpha1/app_project_types.go IsSourcePermitted, which reads sourceRepos as patterns */
function checkPatterns(repository: DeliveredRepository, report: Report): void {
  for (const key of ['repo', 'charts'] as const) {
    const got = repository[key];
    if (got === undefined || !got.includes('[')) continue;
    const reason = 'Argo CD reads the brackets in the list of permitted repositories as a pattern';
    const example = got.replace(/\[.*\]/, 'git.example.org');
    report(problemAt(['delivery', key], 'malformed', { what: 'a URL that Argo CD can permit', got, reason, example }));
  }
}
