/** The id of a relationship value, populated or not. */
export const idOf = (value) => (typeof value === 'object' && value !== null ? value.id : value)

/**
 * The tenant in which duplicates of a document are looked for: the one it names, else the caller's first
 * membership. A caller without any membership gets the plain error that dFlow answers with 500.
 */
export const tenantOfRequest = ({ data, originalDoc, req }) => {
  const tenant = idOf(data?.tenant) ?? idOf(originalDoc?.tenant) ?? idOf(req.user?.tenants?.[0]?.tenant)
  if (tenant === undefined || tenant === null) {
    throw new Error('the caller belongs to no tenant')
  }
  return tenant
}
