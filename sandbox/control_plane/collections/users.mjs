import { adminsOnly, holdsAdminRole } from '../access.mjs'
import { everyPermission } from './roles.mjs'

const SEVEN_DAYS = 7 * 24 * 60 * 60

/** The first user becomes an admin whatever it asks for; only admins may make further ones. */
const decideRole = async ({ data, operation, req }) => {
  if (operation !== 'create') {
    return data
  }
  const admins = await req.payload.count({ collection: 'users', req, where: { role: { in: ['admin'] } } })
  if (admins.totalDocs === 0) {
    return { ...data, role: ['admin'] }
  }
  if (data.role?.includes('admin') && !holdsAdminRole(req.user)) {
    return { ...data, role: data.role.filter((role) => role !== 'admin') }
  }
  return data
}

/** Every new user gets a tenant named after the username, with an Admin role in it. */
const openTenant = async ({ data, operation, req }) => {
  if (operation !== 'create') {
    return data
  }
  const { username } = data
  const tenant = await req.payload.create({
    collection: 'tenants',
    data: { name: username, slug: username, subdomain: username },
    depth: 0,
    req,
  })
  const role = await req.payload.create({
    collection: 'roles',
    data: { ...everyPermission(), isAdminRole: true, name: 'Admin', tenant: tenant.id, type: 'management' },
    depth: 0,
    req,
  })
  return { ...data, tenants: [...(data.tenants ?? []), { role: role.id, tenant: tenant.id }] }
}

/** The role column of a membership; it must belong to the tenant of the same row. */
export const membershipRole = {
  name: 'role',
  type: 'relationship',
  filterOptions: ({ siblingData }) => ({ tenant: { equals: siblingData?.tenant } }),
  relationTo: 'roles',
  required: true,
}

export const users = {
  slug: 'users',
  access: adminsOnly,
  admin: { useAsTitle: 'email' },
  auth: { tokenExpiration: SEVEN_DAYS, useAPIKey: true, useSessions: false },
  trash: true,
  hooks: { beforeChange: [decideRole, openTenant] },
  fields: [
    { name: 'username', type: 'text', saveToJWT: true, unique: true },
    { name: 'avatarUrl', type: 'text' },
    { name: 'onboarded', type: 'checkbox', defaultValue: false },
    {
      name: 'role',
      type: 'select',
      defaultValue: ['user'],
      hasMany: true,
      options: ['admin', 'user', 'demo'],
      saveToJWT: true,
    },
  ],
}
