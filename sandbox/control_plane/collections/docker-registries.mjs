import { adminsOnly } from '../access.mjs'
import { refuseDuplicates } from '../fields/duplicates.mjs'
import { encrypted } from '../fields/encrypted.mjs'

export const dockerRegistries = {
  slug: 'dockerRegistries',
  access: adminsOnly,
  admin: { useAsTitle: 'name' },
  trash: true,
  hooks: { beforeValidate: [refuseDuplicates('dockerRegistries', ['name', 'type'], ['type', 'username'])] },
  fields: [
    { name: 'name', type: 'text', required: true },
    { name: 'type', type: 'select', options: ['docker', 'github', 'digitalocean', 'quay'], required: true },
    encrypted({ name: 'username', required: true }),
    encrypted({ name: 'password', required: true }),
  ],
}
