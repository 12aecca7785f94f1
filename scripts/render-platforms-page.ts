/** Renders docs/platforms.md, what is known of each platform, from the records of the family. */
import { DEFAULT_PLATFORM, PLATFORMS } from '../lib/platforms/catalog';
import type { Fact, Platform, PlatformFacts } from '../lib/platforms/platform';
import { codeSpan, markdownCell } from '../lib/text/markdown';

const INTRODUCTION = `# Platforms

\`platform\` names the distribution or provider of the clusters, at the top of the fleet file or in a cluster; the cluster wins. A
platform decides defaults. What the fleet file says itself, in \`kubelet\` of a cluster or in \`spire\`, wins over them.

\`npm run docs\` writes this page from \`lib/platforms/\`, where each fact has its source. A fact without a row is as on
\`${DEFAULT_PLATFORM.name}\`, the default.
`;

/** The key of the fleet file that a fact is the default of. */
const KEYS: Readonly<Record<keyof PlatformFacts, string>> = {
  kubeletDirectory: 'kubelet.directory',
  kubeletAddress: 'kubelet.address',
  kubeletVerification: 'kubelet.verification',
  apiServerPorts: 'spire.apiServerPorts',
  dnsPorts: 'spire.dnsPorts',
};

/** The page, in Markdown. */
export function renderPlatformsPage(): string {
  return [INTRODUCTION, ...(PLATFORMS as readonly Platform[]).flatMap(section)].join('\n');
}

function section({ name, title, facts, lacks, tried }: Platform): readonly string[] {
  return [
    `## ${name}`,
    '',
    [
      `${title}.`,
      tried ? 'Tried on real clusters.' : 'Read from the sources below; not tried on a cluster.',
      ...(lacks === undefined ? [] : [lacks]),
    ].join(' '),
    '',
    '| default of | value | source |',
    '|---|---|---|',
    ...(Object.entries(facts) as [keyof PlatformFacts, Fact<unknown>][]).map(
      ([key, { value, source }]) =>
        `| ${codeSpan(KEYS[key])} | ${codeSpan([value].flat().join(', '))} | ${markdownCell(source)} |`,
    ),
    '',
  ];
}
