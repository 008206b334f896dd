import { ValidationError } from 'payload'

import { idOf } from './tenant.mjs'

/** A field hook that answers 400 on the field when another document of the same tenant holds the same value. */
export const uniqueInTenant =
  (collection, path) =>
  async ({ data, originalDoc, req, value }) => {
    const tenant = idOf(data?.tenant) ?? idOf(originalDoc?.tenant)
    if (!value || !tenant || value === originalDoc?.[path]) {
      return value
    }
    const others = await req.payload.find({
      collection,
      depth: 0,
      limit: 1,
      req,
      where: { and: [{ [path]: { equals: value } }, { tenant: { equals: tenant } }] },
    })
    if (others.docs.some((other) => other.id !== originalDoc?.id)) {
      const message = `Another document of this organisation has the ${path} "${value}".`
      throw new ValidationError({ collection, errors: [{ message, path }] }, req.t)
    }
    return value
  }
