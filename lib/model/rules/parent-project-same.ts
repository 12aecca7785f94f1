/** Finds projects of Argo CD that would confine the Application that makes them. */
import { DEFAULT_PROJECT } from '../../gitops/argocd';
import { defineRule } from './rule';

export const parentProjectSame = defineRule({
  code: 'parent-project-same',
  severity: 'error',
  looksFor: 'an argocd.parentProject that is the project of the fleet',
  why: 'the Application that applies the project needs a project that is there before it, and that permits what the one of the fleet does not: to change projects and ApplicationSets.',
  source: 'https://argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup/#app-of-apps',
  example: { project: 'shop' },
  check: ({ written: { delivery }, delivery: resolved }, find) => {
    const { project, parentProject } = resolved?.argocd ?? {};
    // The default project has a rule of its own.
    if (project === undefined || project !== parentProject || project === DEFAULT_PROJECT) return;
    const key = delivery?.argocd?.parentProject === undefined ? 'project' : 'parentProject';
    find(['delivery', 'argocd', key], { project });
  },
});
