import { adminsOnly } from '../access.mjs'

export const tenants = {
  slug: 'tenants',
  access: adminsOnly,
  admin: { useAsTitle: 'slug' },
  trash: true,
  fields: [
    { name: 'name', type: 'text', required: true },
    { name: 'slug', type: 'text', index: true, required: true, unique: true },
    { name: 'subdomain', type: 'text', index: true, required: true, unique: true },
  ],
}
