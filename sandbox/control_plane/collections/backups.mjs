import { adminsOnly } from '../access.mjs'

/** Creating one over REST makes a record only; no dump is taken. */
export const backups = {
  slug: 'backups',
  access: adminsOnly,
  trash: true,
  fields: [
    { name: 'service', type: 'relationship', relationTo: 'services', required: true },
    { name: 'type', type: 'select', options: ['external', 'internal'] },
    { name: 'backupName', type: 'text' },
    {
      name: 'status',
      type: 'select',
      defaultValue: 'in-progress',
      options: ['in-progress', 'failed', 'success'],
      required: true,
    },
  ],
}
