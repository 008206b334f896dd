import { adminsOnly } from '../access.mjs'

/** Creating one over REST starts nothing: it is a record, and stays `queued`. */
export const deployments = {
  slug: 'deployments',
  access: adminsOnly,
  trash: true,
  fields: [
    { name: 'service', type: 'relationship', relationTo: 'services', required: true },
    {
      name: 'status',
      type: 'select',
      defaultValue: 'queued',
      options: ['queued', 'building', 'failed', 'success'],
      required: true,
    },
    { name: 'logs', type: 'json' },
  ],
}
