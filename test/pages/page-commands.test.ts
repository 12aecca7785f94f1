/** The commands of the committed pages against a shell and against the output they are about. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');
const FOLDERS = [
  'dist',
  ...['hub-and-spoke', 'nested', 'partner', 'production'].map((example) => `examples/${example}/dist`),
];

const pageOf = (folder: string): string => readFileSync(join(ROOT, folder, 'README.md'), 'utf8');

const commandsOf = (page: string): readonly string[] =>
  [...page.matchAll(/^ *```sh\n([\s\S]*?)^ *```/gm)].flatMap(([, block = '']) =>
    block
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '' && !line.startsWith('#')),
  );

test.each(FOLDERS)('each command of %s/README.md is a command of its own, which a shell can read', (folder) => {
  const commands = commandsOf(pageOf(folder));
  expect(commands.length).toBeGreaterThan(20);
  for (const command of commands) {
    execFileSync('sh', ['-n', '-c', command]);
    expect(command).toMatch(/^(kubectl|istioctl|helm|openssl) /);
  }
});

test.each(FOLDERS)('each file that a command of %s/README.md names is in the output', (folder) => {
  const files = commandsOf(pageOf(folder)).flatMap((command) =>
    [...command.matchAll(/ -[fk] (?!-)(\S+)/g)].map(([, file = '']) => file),
  );
  expect(files.length).toBeGreaterThan(10);
  expect(files.filter((file) => !existsSync(join(ROOT, folder, file)))).toEqual([]);
});

test.each(FOLDERS)('each section that %s/README.md refers to is in it, or in docs/operations.md', (folder) => {
  const page = pageOf(folder);
  const headings = new Set(
    [page, readFileSync(join(ROOT, 'docs', 'operations.md'), 'utf8')].flatMap((text) =>
      [...text.matchAll(/^#+ (.*)$/gm)].map(([, title]) => title),
    ),
  );
  const prose = page.replace(/```[\s\S]*?```/g, '').replace(/\s+/g, ' ');
  const named = [...prose.matchAll(/"([A-Z][^"]+)"/g)].map(([, title]) => title);
  expect(named.length).toBeGreaterThan(3);
  expect(named.filter((title) => !headings.has(title))).toEqual([]);
});
