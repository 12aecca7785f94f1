/** Standard input as shells and kubectl give it: processes of their own, since a pipe in this one is never slow. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { MAX_INPUT_BYTES, readInput } from '../../lib/cli/read-input';
import { temporaryFolder } from '../support';

const ROOT = join(__dirname, '..', '..');
const PROGRAM = join(ROOT, 'bin', 'cdk8s-spire.js');

const POD = `apiVersion: v1
kind: Pod
metadata:
  name: by-hand
  namespace: curl-greeter
  labels: { spiffe.io/spire-managed-identity: curl-greeter }
  annotations: { inject.istio.io/templates: "sidecar,spire" }
spec: { serviceAccountName: curl-greeter }
`;

const EXPLAIN = ['explain', '-', '--cluster', 'cluster1'];
const CHECK_ROOT = ['bundle', 'check', '-', '--trust-domain', 'cluster1.demo'];
const ROOT_FILE = join(ROOT, 'trust', 'cluster1.demo.pem');

type Write = (stdin: NodeJS.WritableStream) => Promise<void>;

async function ended(child: ChildProcess): Promise<{ readonly code: unknown; readonly said: string }> {
  const said = Promise.all([text(child.stdout!), text(child.stderr!)]);
  const [code] = await once(child, 'exit');
  return { code, said: (await said).join('') };
}

async function piped(
  args: readonly string[],
  write: Write,
): Promise<{ readonly code: unknown; readonly said: string }> {
  const child = spawn(process.execPath, [PROGRAM, ...args], { cwd: ROOT });
  // Whoever refuses an input does not read it to its end.
  child.stdin.on('error', () => {});
  const end = ended(child);
  await write(child.stdin);
  child.stdin.end();
  return end;
}

/** Begins after the program has begun to read, and pauses in the middle. */
function slowly(content: string): Write {
  return async (stdin) => {
    for (const part of [content.slice(0, 20), content.slice(20)]) {
      await setTimeout(700);
      stdin.write(part);
    }
  };
}

test('waits for a writer that is slow', async () => {
  const { code, said } = await piped(EXPLAIN, slowly(POD));
  expect(said).toContain('spiffe://cluster1.demo/curl-greeter');
  expect(code).toBe(0);
  expect(await piped(CHECK_ROOT, slowly(readFileSync(ROOT_FILE, 'utf8')))).toEqual({
    code: 0,
    said: expect.stringContaining('standard input is a bundle of cluster1.demo'),
  });
});

test('reads a pipe of several times what a pipe holds', async () => {
  const { code, said } = await piped(EXPLAIN, async (stdin) => {
    stdin.write(`${POD}# ${'x'.repeat(300_000)}\n`);
  });
  expect(said).toContain('spiffe://cluster1.demo/curl-greeter');
  expect(code).toBe(0);
});

test.each<[string, () => number | 'ignore', number]>([
  ['a file', () => openSync(ROOT_FILE, 'r'), 0],
  ['nothing at all', () => 'ignore', 1],
  ['a file that is only written to', () => openSync(join(temporaryFolder(), 'out'), 'w'), 2],
  ['a device without end', () => openSync('/dev/zero', 'r'), 2],
])('answers without an internal error when the standard input is %s', async (_what, open, expected) => {
  const child = spawn(process.execPath, [PROGRAM, ...CHECK_ROOT], { cwd: ROOT, stdio: [open(), 'pipe', 'pipe'] });
  const { code, said } = await ended(child);
  expect(said).not.toContain('internal error');
  expect(code).toBe(expected);
});

test('says what is wrong with an input that is no text, is too long, or breaks off', async () => {
  const failureOf = async (input: Readable): Promise<string> => JSON.stringify(await readInput(input));
  expect(await failureOf(Readable.from([Buffer.from([0x41, 0xff])]))).toContain('byte 1 is not UTF-8');
  const endless = (function* () {
    for (;;) yield Buffer.alloc(MAX_INPUT_BYTES / 2);
  })();
  expect(await failureOf(Readable.from(endless))).toContain(`larger than ${MAX_INPUT_BYTES} bytes`);
  const broken = new Readable({
    read() {
      this.destroy(Object.assign(new Error('gone'), { code: 'EIO' }));
    },
  });
  expect(await failureOf(broken)).toContain('standard input cannot be read: EIO');
});

test('keeps a character whole that comes in two pieces', async () => {
  const [first, ...rest] = Buffer.from('é');
  expect(await readInput(Readable.from([Buffer.from([first!]), Buffer.from(rest)]))).toEqual({ text: 'é' });
});
