/** Finds projects of Argo CD that would confine the Application that makes them. */
import type { ResolvedTool, ToolRule } from '../../tool-settings';

/** The project that every Argo CD has. */
export const DEFAULT_PROJECT = 'default';

interface Projects extends ResolvedTool {
  readonly project: string;
  readonly parentProject: string;
}

export const parentProjectSame: ToolRule<'parent-project-same'> = {
  code: 'parent-project-same',
  severity: 'error',
  looksFor: 'an argocd.parentProject that is also the project of the fleet',
  why: 'the Application that creates the project of the fleet needs a project that exists before. That one must also permit changes of projects and ApplicationSets, which the project of the fleet does not.',
  source: 'https://argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup/#app-of-apps',
  example: { project: 'shop' },
  check: ({ project, parentProject }: Projects, find) => {
    // `takenNames` reports a project of the fleet that is the default project.
    if (project === parentProject && project !== DEFAULT_PROJECT) find(['parentProject'], { project });
  },
};
