import { adminsOnly } from '../access.mjs'

/** Holds what dFlow calls an Application and its Environment: a bundle of services on one Worker Node. */
export const projects = {
  slug: 'projects',
  access: adminsOnly,
  admin: { useAsTitle: 'name' },
  orderable: true,
  trash: true,
  fields: [
    { name: 'name', type: 'text', required: true },
    { name: 'description', type: 'textarea' },
    { name: 'server', type: 'relationship', relationTo: 'servers', required: true },
    { name: 'services', type: 'join', collection: 'services', on: 'project', where: { deletedAt: { exists: false } } },
    { name: 'hidden', type: 'checkbox', defaultValue: false },
    { name: 'createdBy', type: 'relationship', defaultValue: ({ user }) => user?.id, relationTo: 'users' },
  ],
}
