/** Everything under imports/ except the ledger, made from the pinned modules. */

import { readBuiltInDefinitions } from './built-in-definitions';
import { buildCustomResourceSchema } from './custom-resource-schema';
import { readModuleFile } from './go-module';
import { buildKubernetesSchema, buildObjectMetaDefinitions } from './kubernetes-schema';
import { kubernetesModule, kubernetesOpenApiPath, kubernetesVersions, pinnedProjects } from './pinned-modules';
import { type ReadDefinition, readDefinitions } from './read-definitions';
import { renderDefinition } from './render-definition';
import { renderSchemaFile } from './schema-file';
import type { GeneratedFile } from './sources';
import { generateTypedClasses } from './typed-classes';

export function generateFiles(): readonly GeneratedFile[] {
  const projects = pinnedProjects.map((project) => ({ name: project.name, definitions: readDefinitions(project) }));
  return [
    ...generateTypedClasses([
      ...projects.flatMap(({ definitions }) => definitions.filter(({ hasClass }) => hasClass)),
      ...readBuiltInDefinitions(),
    ]),
    ...projects.flatMap(({ name, definitions }) => generateDefinitions(name, definitions)),
    ...generateKubernetesSchemas(),
    ...generateProjectSchemas(projects),
  ];
}

function generateDefinitions(project: string, definitions: readonly ReadDefinition[]): readonly GeneratedFile[] {
  return definitions.map(({ crd, origin }) => ({
    path: `crds/${project}/${crd.metadata.name}.yaml`,
    text: renderDefinition(crd),
    origins: [origin],
  }));
}

function generateKubernetesSchemas(): readonly GeneratedFile[] {
  return Object.entries(kubernetesVersions).map(([minor, version]) => {
    const { text, origin } = readModuleFile({ module: kubernetesModule, version }, kubernetesOpenApiPath);
    const path = `schemas/kubernetes-${minor}.json`;
    return { path, text: renderSchemaFile(buildKubernetesSchema(text)), origins: [origin] };
  });
}

function generateProjectSchemas(
  projects: readonly { readonly name: string; readonly definitions: readonly ReadDefinition[] }[],
): readonly GeneratedFile[] {
  // Object metadata has not changed between the pinned versions: the newest stands for all.
  const version = Object.values(kubernetesVersions).at(-1) ?? '';
  const kubernetes = readModuleFile({ module: kubernetesModule, version }, kubernetesOpenApiPath);
  const common = buildObjectMetaDefinitions(kubernetes.text);
  return projects.map(({ name, definitions }) => {
    const crds = definitions.map(({ crd }) => crd);
    const text = renderSchemaFile(buildCustomResourceSchema(crds, common));
    return {
      path: `schemas/${name}.json`,
      text,
      origins: [kubernetes.origin, ...definitions.map(({ origin }) => origin)],
    };
  });
}
