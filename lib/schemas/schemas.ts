/** Validates objects with the schemas in `imports/`: one Kubernetes version, and all CRDs. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { importsFolder } from './imports-folder';
import { type JsonSchema, SchemaCheck } from './schema-check';

/** A schema file: definitions, and the name of each kind's definition. */
interface SchemaFile {
  readonly definitions: Readonly<Record<string, JsonSchema>>;
  readonly kinds: Readonly<Record<string, string>>;
}

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
    const schemas = new Schemas([`kubernetes-${kubernetes}`, ...customResources()]);
    Schemas.cache.set(kubernetes, schemas);
    return schemas;
  }

  /** Whether Kubernetes or a CRD of imports/ defines the kind of an object. */
  knows({ apiVersion, kind }: { readonly apiVersion: string; readonly kind: string }): boolean {
    return this.kinds.has(`${apiVersion}/${kind}`);
  }

  /** What is wrong with an object, or undefined if it is valid. A kind without a schema is wrong. */
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

/** One file for each project with CRDs, such as `spire`. */
function customResources(): readonly string[] {
  return readdirSync(join(importsFolder(), 'schemas'))
    .map((file) => file.replace(/\.json$/, ''))
    .filter((name) => !name.startsWith('kubernetes-'));
}

function schemaFile(name: string): SchemaFile {
  return JSON.parse(readFileSync(join(importsFolder(), 'schemas', `${name}.json`), 'utf8')) as SchemaFile;
}
