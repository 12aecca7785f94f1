/** Serves a Git repository and charts over https until it is killed; run inside of a node, where the controllers reach it. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import { join, normalize } from 'node:path';

const [port, certificate, key, root] = process.argv.slice(2);

/** What a CGI program prints before its answer. */
const HEADERS_END = '\r\n\r\n';

createServer({ cert: readFileSync(certificate ?? ''), key: readFileSync(key ?? '') }, (request, response) => {
  const url = new URL(request.url ?? '/', 'https://localhost');
  if (url.pathname.startsWith('/git/')) serveGit(url, request, response);
  else serveFile(join(root ?? '', normalize(url.pathname)), response);
}).listen(Number(port));

function serveFile(path: string, response: ServerResponse): void {
  try {
    response.end(readFileSync(path));
  } catch {
    response.writeHead(404).end();
  }
}

/** @see https://git-scm.com/docs/git-http-backend */
function serveGit(url: URL, request: IncomingMessage, response: ServerResponse): void {
  const backend = spawn('git', ['http-backend'], {
    env: {
      ...process.env,
      GIT_HTTP_EXPORT_ALL: '1',
      GIT_PROJECT_ROOT: root,
      GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
      CONTENT_TYPE: request.headers['content-type'] ?? '',
      HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
      PATH_INFO: url.pathname,
      QUERY_STRING: url.search.slice(1),
      REQUEST_METHOD: request.method ?? 'GET',
    },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  backend.stdin.on('error', () => undefined);
  request.pipe(backend.stdin);
  const chunks: Buffer[] = [];
  backend.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  backend.on('close', () => {
    const answer = Buffer.concat(chunks);
    const end = answer.indexOf(HEADERS_END);
    const headers = new Map(
      answer
        .subarray(0, Math.max(end, 0))
        .toString('latin1')
        .split('\r\n')
        .map((line) => [line.split(':', 1)[0] ?? '', line.slice(line.indexOf(':') + 1).trim()] as const),
    );
    response.statusCode = end < 0 ? 500 : Number.parseInt(headers.get('Status') ?? '200', 10);
    headers.delete('Status');
    for (const [name, value] of headers) if (name !== '') response.setHeader(name, value);
    response.end(end < 0 ? '' : answer.subarray(end + HEADERS_END.length));
  });
}
