/** Renders a review as JSON. The content of Secrets is left out. */

import type { AssessedChange } from './assess-risk';
import type { FieldChange, Item } from './change';
import { fieldText } from './change';
import type { Review } from './review';
import { isSecretField } from './secret-fields';

export function renderJson({ clusters, ...rest }: Review): string {
  return JSON.stringify(
    { ...rest, clusters: clusters.map(({ name, changes }) => ({ name, changes: changes.map(changeOf) })) },
    undefined,
    2,
  );
}

function changeOf({ action, item, before, after, risk, reasons, fields }: AssessedChange): object {
  const { group, kind, namespace, name, layer } = item;
  return {
    action,
    ...(group !== undefined && { group }),
    kind,
    ...(namespace !== undefined && { namespace }),
    name,
    ...(layer !== undefined && { layer }),
    ...(before !== undefined && { fileBefore: before.file }),
    ...(after !== undefined && { fileAfter: after.file }),
    risk,
    reasons,
    fields: fields.map((field) => fieldOf(item, field)),
  };
}

function fieldOf(item: Item, field: FieldChange): object {
  const { path, before, after } = field;
  const values = { ...(before !== undefined && { before }), ...(after !== undefined && { after }) };
  return { path: fieldText(path), ...(isSecretField(item, field) ? { hidden: true } : values) };
}
