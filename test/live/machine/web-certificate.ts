/** A small web PKI: a root that every machine trusts, and certificates for addresses under it. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './command';

export class WebAuthority {
  private constructor(private readonly folder: string) {}

  /** Makes the root in a folder, or finds the one that is there. */
  static async in(folder: string): Promise<WebAuthority> {
    const authority = new WebAuthority(folder);
    if (existsSync(authority.roots)) return authority;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    await run([
      ...['openssl', 'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'],
      ...['-keyout', authority.path('root.key'), '-out', authority.roots, '-subj', '/CN=Root of the web', '-days', '2'],
    ]);
    return authority;
  }

  /** PEM file with the root. */
  get roots(): string {
    return this.path('root.pem');
  }

  /** Files of a certificate for an IP address. */
  async certify(address: string): Promise<{ readonly certificate: string; readonly key: string }> {
    const [certificate, key, request] = ['crt', 'key', 'csr'].map((ending) => this.path(`${address}.${ending}`)) as [
      string,
      string,
      string,
    ];
    const extensions = this.path('extensions');
    writeFileSync(extensions, `subjectAltName=IP:${address}\nextendedKeyUsage=serverAuth\n`);
    await run([
      ...['openssl', 'req', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'],
      ...['-keyout', key, '-out', request, '-subj', `/CN=${address}`],
    ]);
    await run([
      ...['openssl', 'x509', '-req', '-in', request, '-out', certificate, '-days', '1', '-extfile', extensions],
      ...['-CA', this.roots, '-CAkey', this.path('root.key'), '-CAcreateserial', '-CAserial', this.path('serial')],
    ]);
    return { certificate, key };
  }

  private path(name: string): string {
    return join(this.folder, name);
  }
}
