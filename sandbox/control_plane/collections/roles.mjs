import { adminsOnly } from '../access.mjs'

const permission = (name, defaultValue) => ({ name, type: 'checkbox', defaultValue, required: true })

const resource = (name, ...limits) => ({
  name,
  type: 'group',
  fields: [
    permission('create', false),
    permission('update', false),
    permission('read', true),
    permission('delete', false),
    ...limits,
  ],
})

const limits = () => [
  { name: 'createLimit', type: 'number', defaultValue: 0 },
  { name: 'readLimit', type: 'select', defaultValue: 'all', options: ['all', 'createdByUser'] },
]

const LIMITED_RESOURCES = ['projects', 'servers']

const RESOURCES = [
  'projects',
  'services',
  'servers',
  'templates',
  'sshKeys',
  'roles',
  'backups',
  'securityGroups',
  'cloudProviderAccounts',
  'dockerRegistries',
  'gitProviders',
  'team',
]

/** The permissions of the Admin role that every new tenant is given. */
export const everyPermission = () =>
  Object.fromEntries(RESOURCES.map((name) => [name, { create: true, delete: true, read: true, update: true }]))

export const roles = {
  slug: 'roles',
  access: adminsOnly,
  admin: { useAsTitle: 'name' },
  trash: true,
  fields: [
    { name: 'name', type: 'text', required: true },
    { name: 'description', type: 'textarea' },
    {
      name: 'type',
      type: 'select',
      defaultValue: 'marketing',
      options: ['engineering', 'management', 'marketing', 'finance', 'sales'],
    },
    { name: 'tags', type: 'text', hasMany: true },
    { name: 'isAdminRole', type: 'checkbox', defaultValue: false },
    { name: 'createdBy', type: 'relationship', relationTo: 'users' },
    ...RESOURCES.map((name) => resource(name, ...(LIMITED_RESOURCES.includes(name) ? limits() : []))),
  ],
}
