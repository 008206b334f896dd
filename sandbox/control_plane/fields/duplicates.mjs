import { idOf, tenantOfRequest } from './tenant.mjs'

/**
 * A collection hook that refuses a document which another one of the same tenant equals in all of `paths`.
 *
 * It throws a plain Error on purpose: dFlow does, and the caller of the REST API sees an opaque 500 only.
 */
export const refuseDuplicates =
  (collection, ...combinations) =>
  async ({ data, originalDoc, req }) => {
    const others = await othersOfTenant({ collection, data, originalDoc, req })
    const candidate = { ...originalDoc, ...data }
    for (const paths of combinations) {
      const wanted = paths.map((path) => valueAt(candidate, path))
      if (wanted.every(isFilled) && others.some((other) => paths.every((path, i) => valueAt(other, path) === wanted[i]))) {
        throw new Error(`${collection}: another document has the same ${paths.join(' and ')}`)
      }
    }
    return data
  }

const othersOfTenant = async ({ collection, data, originalDoc, req }) => {
  const tenant = tenantOfRequest({ data, originalDoc, req })
  const found = await req.payload.find({
    collection,
    depth: 0,
    pagination: false,
    req,
    where: { tenant: { equals: tenant } },
  })
  return found.docs.filter((other) => other.id !== originalDoc?.id && idOf(other.tenant) === tenant)
}

const valueAt = (document, path) => path.split('.').reduce((value, key) => value?.[key], document)

const isFilled = (value) => value !== undefined && value !== null && value !== ''
