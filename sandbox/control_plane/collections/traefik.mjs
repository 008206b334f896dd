import { adminsOnly } from '../access.mjs'

export const traefik = {
  slug: 'traefik',
  access: adminsOnly,
  trash: true,
  fields: [
    { name: 'service', type: 'relationship', relationTo: 'services', required: true },
    { name: 'configuration', type: 'json', required: true },
  ],
}
