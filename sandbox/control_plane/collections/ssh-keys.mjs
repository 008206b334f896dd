import { adminsOnly, never } from '../access.mjs'
import { encrypted } from '../fields/encrypted.mjs'
import { uniqueInTenant } from '../fields/unique-in-tenant.mjs'

export const sshKeys = {
  slug: 'sshKeys',
  access: { ...adminsOnly, update: never },
  admin: { useAsTitle: 'name' },
  trash: true,
  fields: [
    {
      name: 'name',
      type: 'text',
      hooks: { beforeValidate: [uniqueInTenant('sshKeys', 'name')] },
      required: true,
    },
    { name: 'description', type: 'textarea' },
    encrypted({ name: 'publicKey', required: true }),
    encrypted({ name: 'privateKey', required: true }),
  ],
}
