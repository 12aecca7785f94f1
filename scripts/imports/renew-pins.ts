/** Renews the pins: asks for each module whether a newer release can be had. */

import { minor } from 'semver';
import { canBeDownloaded, listVersions } from './go-module';
import { type ModuleVersions, newestVersion } from './newest-version';
import { kubernetesModule } from './pinned-modules';
import type { Pins } from './pins';

/** How the versions of a module are asked for. */
export type AskVersions = (module: string) => ModuleVersions;

/** The module proxy, through the go command. */
export const askProxy: AskVersions = (module) => ({
  listed: listVersions(module),
  canBeHad: (version) => canBeDownloaded({ module, version }),
});

/** The newest pins that can be had: of Kubernetes the newest patch of each minor, and each minor after the last. */
export function renewPins({ kubernetes, modules }: Pins, ask: AskVersions = askProxy): Pins {
  const others = Object.entries(modules).map(([module, version]) => [module, newestVersion(version, ask(module))]);
  return { kubernetes: renewKubernetes(kubernetes, ask(kubernetesModule)), modules: Object.fromEntries(others) };
}

function renewKubernetes(pinned: Pins['kubernetes'], versions: ModuleVersions): Pins['kubernetes'] {
  const renewed = new Map<string, string>();
  for (const [name, version] of Object.entries(pinned)) {
    renewed.set(name, newestVersion(version, versions, true));
  }
  let last = [...renewed.values()].at(-1) ?? '';
  for (let next = nextMinor(last, versions); next !== undefined; next = nextMinor(last, versions)) {
    renewed.set(`1.${minor(next)}`, next);
    last = next;
  }
  return Object.fromEntries(renewed);
}

/** The newest patch of the minor version after this one; undefined where none can be had. */
function nextMinor(version: string, versions: ModuleVersions): string | undefined {
  const before = `v1.${minor(version) + 1}.0`;
  const newest = newestVersion(before, versions, true);
  return newest !== before || versions.canBeHad(before) ? newest : undefined;
}

/** One line for each pin that changed. */
export function changedPins(before: Pins, after: Pins): readonly string[] {
  const changes = (prefix: string, from: Readonly<Record<string, string>>, to: Readonly<Record<string, string>>) =>
    Object.entries(to)
      .filter(([name, version]) => from[name] !== version)
      .map(([name, version]) => `${prefix}${name}: ${from[name] ?? 'new'} -> ${version}`);
  return [
    ...changes('Kubernetes ', before.kubernetes, after.kubernetes),
    ...changes('', before.modules, after.modules),
  ];
}
