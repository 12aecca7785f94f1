/** Makes a chart repository of Istio's charts as the pinned module has them. */
import { appendFileSync, cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { FORCED_SETTINGS } from '../fleet/install-istio';
import { run } from '../machine/command';
import type { Materials } from '../materials';

/** Where the charts are in the module. */
const CHARTS = { base: 'base', cni: 'istio-cni', istiod: 'istio-control/istio-discovery', gateway: 'gateway' } as const;

/** Without a metrics server, Argo CD takes an autoscaler for degraded. */
const WITHOUT_AUTOSCALING: Readonly<Record<string, object>> = {
  istiod: { autoscaleEnabled: false },
  gateway: { autoscaling: { enabled: false } },
};

/** Packs base, cni, istiod and gateway under the version that the fleet names, with an index. */
export async function makeChartRepository(
  folder: string,
  { istioModule, programs }: Materials,
  { version, url }: { readonly version: string; readonly url: string },
): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const helm = programs.path('helm', 'helm');
  for (const [name, path] of Object.entries(CHARTS)) {
    const copy = join(folder, '..', 'chart-sources', name);
    cpSync(join(istioModule, 'manifests', 'charts', path), copy, { recursive: true });
    // Files of the module cache are read-only.
    await run(['chmod', '-R', 'u+w', copy]);
    const settings = name === 'istiod' ? nested(FORCED_SETTINGS) : {};
    const own = { ...settings, ...WITHOUT_AUTOSCALING[name] };
    if (Object.keys(own).length > 0) appendFileSync(join(copy, 'values.yaml'), `\n${stringify(own)}`);
    await run([helm, 'package', copy, '--version', version, '--app-version', version, '--destination', folder]);
  }
  await run([helm, 'repo', 'index', folder, '--url', url]);
}

/** `a.b: c` as values of a chart have it. */
function nested(settings: Readonly<Record<string, string | boolean>>): Readonly<Record<string, unknown>> {
  const values: Record<string, Record<string, string | boolean>> = {};
  for (const [path, value] of Object.entries(settings)) {
    const [group = '', key = ''] = path.split('.');
    values[group] = { ...values[group], [key]: value };
  }
  return values;
}
