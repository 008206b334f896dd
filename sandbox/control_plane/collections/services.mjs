import { adminsOnly, fixedAfterCreate } from '../access.mjs'
import { encrypted } from '../fields/encrypted.mjs'

const gitSettings = (name, providerType, { tokenRequired = false } = {}) => ({
  name,
  type: 'group',
  admin: { condition: (data) => data?.providerType === providerType },
  fields: [
    { name: 'repository', type: 'text', required: true },
    { name: 'owner', type: 'text', required: true },
    { name: 'branch', type: 'text', required: true },
    { name: 'buildPath', type: 'text', defaultValue: '/', required: true },
    { name: 'port', type: 'number', defaultValue: 3000 },
    encrypted({ name: 'gitToken', required: tokenRequired }),
  ],
})

/** Fields that are validated for services of one type only; other types may carry them all the same. */
const onlyFor = (type, fields) => ({
  type: 'collapsible',
  admin: { condition: (data) => data?.type === type },
  fields,
  label: type,
})

const appFields = [
  {
    name: 'builder',
    type: 'select',
    defaultValue: 'buildPacks',
    options: ['buildPacks', 'railpack', 'nixpacks', 'dockerfile', 'herokuBuildPacks', 'static'],
  },
  { name: 'provider', type: 'relationship', relationTo: 'gitProviders' },
  { name: 'providerType', type: 'select', options: ['github', 'gitlab', 'bitbucket', 'azureDevOps', 'gitea'] },
  gitSettings('githubSettings', 'github'),
  gitSettings('gitlabSettings', 'gitlab'),
  gitSettings('bitbucketSettings', 'bitbucket'),
  gitSettings('azureSettings', 'azureDevOps', { tokenRequired: true }),
  gitSettings('giteaSettings', 'gitea'),
]

const databaseFields = [
  {
    name: 'databaseDetails',
    type: 'group',
    fields: [
      { name: 'type', type: 'select', options: ['postgres', 'mongo', 'mysql', 'mariadb', 'redis', 'clickhouse'] },
      { name: 'username', type: 'text' },
      { name: 'password', type: 'text' },
      { name: 'host', type: 'text' },
      { name: 'port', type: 'text' },
      { name: 'connectionUrl', type: 'text' },
      { name: 'version', type: 'text' },
      { name: 'status', type: 'select', options: ['running', 'missing', 'exited'] },
      { name: 'exposedPorts', type: 'text', hasMany: true },
    ],
  },
]

const dockerFields = [
  {
    name: 'dockerDetails',
    type: 'group',
    fields: [
      { name: 'url', type: 'text' },
      { name: 'account', type: 'relationship', relationTo: 'dockerRegistries' },
      {
        name: 'ports',
        type: 'array',
        fields: [
          { name: 'hostPort', type: 'number', required: true },
          { name: 'containerPort', type: 'number', required: true },
          { name: 'scheme', type: 'select', defaultValue: 'http', options: ['http', 'https'], required: true },
        ],
      },
    ],
  },
]

export const services = {
  slug: 'services',
  access: adminsOnly,
  admin: { useAsTitle: 'name' },
  trash: true,
  fields: [
    { name: 'project', type: 'relationship', access: fixedAfterCreate, relationTo: 'projects', required: true },
    { name: 'name', type: 'text', required: true },
    { name: 'description', type: 'textarea' },
    { name: 'type', type: 'select', options: ['database', 'app', 'docker'], required: true },
    { name: 'backup', type: 'relationship', relationTo: 'backups' },
    {
      name: 'variables',
      type: 'array',
      fields: [encrypted({ name: 'key', required: true }), encrypted({ name: 'value', defaultValue: '' })],
    },
    encrypted({ name: 'populatedVariables' }),
    {
      name: 'volumes',
      type: 'array',
      fields: [
        { name: 'hostPath', type: 'text', required: true },
        { name: 'containerPath', type: 'text', required: true },
        { name: 'created', type: 'checkbox' },
      ],
    },
    onlyFor('app', appFields),
    onlyFor('database', databaseFields),
    onlyFor('docker', dockerFields),
    {
      name: 'domains',
      type: 'array',
      fields: [
        { name: 'domain', type: 'text', required: true },
        { name: 'default', type: 'checkbox', defaultValue: false, required: true },
        { name: 'synced', type: 'checkbox', defaultValue: false, required: true },
        { name: 'autoRegenerateSSL', type: 'checkbox', defaultValue: false },
        { name: 'certificateType', type: 'select', options: ['letsencrypt', 'none'] },
      ],
    },
    {
      name: 'deployments',
      type: 'join',
      collection: 'deployments',
      on: 'service',
      where: { deletedAt: { exists: false } },
    },
    { name: 'traefikConfiguration', type: 'join', collection: 'traefik', on: 'service' },
  ],
}
