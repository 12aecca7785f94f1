/** Validates objects with the schemas in `imports/`: one Kubernetes version, and all CRDs. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { importsFolder } from './imports-folder';
import { type JsonSchema, SchemaCheck } from './schema-check';

/** A schema file: definitions, and the name of each kind's definition. */
interface SchemaFile {
  readonly definitions: Readonly<Record<string, JsonSchema>>;
  readonly kinds: Readonly<Record<string, string>>;
}

const CUSTOM_RESOURCES = ['spire', 'istio', 'metallb', 'argocd', 'flux'] as const;

/** A strict validator: an unknown field is a fault. Does not check formats and CEL rules. */
export class Schemas {
  private readonly kinds = new Map<string, { readonly check: SchemaCheck; readonly schema: JsonSchema }>();

  private constructor(files: readonly string[]) {
    for (const name of files) {
      const { definitions, kinds } = schemaFile(name);
      const check = new SchemaCheck(definitions);
      for (const [kind, $ref] of Object.entries(kinds)) this.kinds.set(kind, { check, schema: { $ref } });
    }
  }

  private static readonly cache = new Map<string, Schemas>();

  /** Schemas of a Kubernetes minor version, such as `1.36`. Loaded once. */
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
  /** Whether Kubernetes or a CRD of imports/ defines the kind of an object. */
  knows({ apiVersion, kind }: { readonly apiVersion: string; readonly kind: string }): boolean {
    return this.kinds.has(`${apiVersion}/${kind}`);
  }

  fault(object: { readonly apiVersion: string; readonly kind: string }): string | undefined {
    const kind = `${object.apiVersion}/${object.kind}`;
    const known = this.kinds.get(kind);
    if (known === undefined) {
      return `no schema for ${kind}`;
    }
    const fault = known.check.fault(object, known.schema);
    return fault && `${fault.path || '/'} ${fault.message}`;
  }
}

function schemaFile(name: string): SchemaFile {
  return JSON.parse(readFileSync(join(importsFolder(), 'schemas', `${name}.json`), 'utf8')) as SchemaFile;
}
