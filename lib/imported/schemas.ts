/** Validates objects against the schemas that `imports/` carries: Kubernetes of one version, and every CRD. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv, { type ValidateFunction } from 'ajv';
import { importsFolder } from './imports-folder';

/** A schema file: definitions, and where among them each kind is. */
interface SchemaFile {
  readonly kinds: Readonly<Record<string, string>>;
}

const CUSTOM_RESOURCES = ['spire', 'istio', 'metallb', 'argocd', 'flux'] as const;

/** Strict: a field that the schema does not know is a fault. Formats and CEL rules are not checked. */
export class Schemas {
  private readonly ajv = new Ajv({
    strict: false,
    validateFormats: false,
    // The files are made and checked by scripts/imports; checking them again costs a third of a small synthesis.
    validateSchema: false,
    meta: false,
    code: { optimize: false },
  });
  private readonly references = new Map<string, string>();

  private constructor(files: readonly string[]) {
    for (const name of files) {
      const schema = JSON.parse(readFileSync(join(importsFolder(), 'schemas', `${name}.json`), 'utf8')) as SchemaFile;
      this.ajv.addSchema(schema, name);
      for (const [kind, pointer] of Object.entries(schema.kinds)) {
        this.references.set(kind, `${name}${pointer}`);
      }
    }
  }

  private static readonly cache = new Map<string, Schemas>();

  /** Schemas of a Kubernetes minor version, such as `1.36`. Loaded once; each kind is compiled when first met. */
  static of(kubernetes: string): Schemas {
    const known = Schemas.cache.get(kubernetes);
    if (known !== undefined) {
      return known;
    }
    const schemas = new Schemas([`kubernetes-${kubernetes}`, ...CUSTOM_RESOURCES]);
    Schemas.cache.set(kubernetes, schemas);
    return schemas;
  }

  /** What is wrong with an object, or undefined if it is valid. A kind without a schema is wrong. */
  fault(object: { readonly apiVersion: string; readonly kind: string }): string | undefined {
    const kind = `${object.apiVersion}/${object.kind}`;
    const validate = this.validator(kind);
    if (validate === undefined) {
      return `no schema for ${kind}`;
    }
    if (validate(object)) {
      return undefined;
    }
    const [error] = validate.errors ?? [];
    const what =
      error?.params && 'additionalProperty' in error.params ? ` "${String(error.params.additionalProperty)}"` : '';
    return `${error?.instancePath || '/'} ${error?.message ?? 'is invalid'}${what}`;
  }

  private validator(kind: string): ValidateFunction | undefined {
    const reference = this.references.get(kind);
    return reference === undefined ? undefined : this.ajv.getSchema(reference);
  }
}
