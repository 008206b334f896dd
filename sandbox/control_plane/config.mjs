import { sqliteAdapter } from '@payloadcms/db-sqlite'
import { multiTenantPlugin } from '@payloadcms/plugin-multi-tenant'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { buildConfig } from 'payload'

import { holdsAdminRole } from './access.mjs'
import { backups } from './collections/backups.mjs'
import { cloudProviderAccounts } from './collections/cloud-provider-accounts.mjs'
import { deployments } from './collections/deployments.mjs'
import { dockerRegistries } from './collections/docker-registries.mjs'
import { gitProviders } from './collections/git-providers.mjs'
import { projects } from './collections/projects.mjs'
import { roles } from './collections/roles.mjs'
import { securityGroups } from './collections/security-groups.mjs'
import { servers } from './collections/servers.mjs'
import { services } from './collections/services.mjs'
import { sshKeys } from './collections/ssh-keys.mjs'
import { tenants } from './collections/tenants.mjs'
import { traefik } from './collections/traefik.mjs'
import { membershipRole, users } from './collections/users.mjs'
import { deployGithub } from './endpoints/deploy-github.mjs'
import { letReferencesDangle } from './references.mjs'

/** Collections whose documents belong to exactly one tenant. */
const TENANT_SCOPED = [
  'gitProviders',
  'servers',
  'services',
  'sshKeys',
  'dockerRegistries',
  'cloudProviderAccounts',
  'securityGroups',
  'projects',
  'backups',
  'roles',
]

/** The Payload configuration of the control plane whose database file is `databaseFile`. */
export const controlPlaneConfig = ({ databaseFile, secret }) =>
  buildConfig({
    admin: { user: 'users' },
    collections: [
      users,
      tenants,
      roles,
      servers,
      projects,
      services,
      deployments,
      sshKeys,
      dockerRegistries,
      gitProviders,
      cloudProviderAccounts,
      securityGroups,
      backups,
      traefik,
    ],
    db: sqliteAdapter({
      beforeSchemaInit: [letReferencesDangle],
      client: { url: pathToFileURL(path.resolve(databaseFile)).href },
      idType: 'uuid',
    }),
    endpoints: [deployGithub],
    graphQL: { disable: true },
    logger: { destination: process.stderr, options: { level: 'warn' } },
    plugins: [
      multiTenantPlugin({
        collections: Object.fromEntries(TENANT_SCOPED.map((slug) => [slug, {}])),
        tenantsArrayField: { includeDefaultField: true, rowFields: [membershipRole] },
        userHasAccessToAllTenants: holdsAdminRole,
      }),
    ],
    secret,
    telemetry: false,
    typescript: { autoGenerate: false },
  })
