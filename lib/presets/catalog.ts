/** All presets. */
import { bookinfo } from './bookinfo';
import { curlGreeter } from './curl-greeter';
import type { Preset } from './preset';

/** Sorted by name. */
export const PRESETS = [bookinfo, curlGreeter] as const satisfies readonly Preset[];

export type PresetName = (typeof PRESETS)[number]['name'];

export function findPreset(name: PresetName): Preset {
  // Every name is one of a record, so one is found.
  return PRESETS.find((preset) => preset.name === name) as Preset;
}
