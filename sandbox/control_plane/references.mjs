/**
 * A hook for the SQLite adapter that lets a relation point at a document that is gone.
 *
 * dFlow's MongoDB knows no foreign keys: a deleted project leaves its services behind, with an id that leads nowhere.
 * The adapter would clear such an id, or refuse the delete where the relation is required. Rows of arrays keep their
 * reference: they belong to their document and go with it.
 */
export const letReferencesDangle = ({ adapter, schema }) => {
  for (const table of Object.values(adapter.rawTables)) {
    for (const column of Object.values(table.columns)) {
      if (column.reference?.onDelete === 'set null') {
        delete column.reference
      }
    }
  }
  return schema
}
