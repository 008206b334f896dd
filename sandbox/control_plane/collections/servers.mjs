import { adminsOnly } from '../access.mjs'
import { uniqueInTenant } from '../fields/unique-in-tenant.mjs'

const over = (connectionType) => ({ condition: (data) => data?.preferConnectionType === connectionType })

const texts = (...names) => names.map((name) => ({ name, type: 'text' }))

const tailscale = {
  name: 'tailscale',
  type: 'group',
  fields: [
    ...texts('id', 'nodeId', 'name', 'tailscaleHostname', 'os', 'created', 'expires'),
    { name: 'addresses', type: 'text', hasMany: true },
    { name: 'completeApiResponse', type: 'json' },
  ],
}

/** A snapshot taken when the instance was launched; nothing refreshes it. */
const awsEc2Details = {
  name: 'awsEc2Details',
  type: 'group',
  fields: [
    ...texts('instanceId', 'region', 'imageId', 'instanceType'),
    { name: 'diskSize', type: 'number' },
    { name: 'securityGroups', type: 'relationship', hasMany: true, relationTo: 'securityGroups' },
    ...texts('launchTime', 'state', 'subnetId', 'vpcId', 'publicDnsName', 'privateDnsName'),
    ...texts('privateIpAddress', 'publicIpAddress', 'keyName', 'architecture'),
  ],
}

const dflowVpsDetails = {
  name: 'dflowVpsDetails',
  type: 'group',
  fields: [
    { name: 'orderId', type: 'text' },
    { name: 'instanceId', type: 'number' },
    {
      name: 'status',
      type: 'select',
      options: [
        'provisioning',
        'uninstalled',
        'running',
        'stopped',
        'error',
        'installing',
        'unknown',
        'manual_provisioning',
        'product_not_available',
        'verification_required',
        'rescue',
        'pending_payment',
        'other',
        'reset_password',
      ],
    },
    { name: 'next_billing_date', type: 'text' },
  ],
}

/** A Worker Node. Reading one never contacts it. */
export const servers = {
  slug: 'servers',
  access: adminsOnly,
  admin: { useAsTitle: 'name' },
  trash: true,
  fields: [
    { name: 'name', type: 'text', required: true },
    { name: 'description', type: 'textarea' },
    {
      name: 'defaultResourceLimits',
      type: 'group',
      fields: [
        { name: 'cpu', type: 'text', defaultValue: '0.5' },
        { name: 'memory', type: 'text', defaultValue: '512m' },
      ],
    },
    {
      name: 'preferConnectionType',
      type: 'select',
      defaultValue: 'tailscale',
      options: ['ssh', 'tailscale'],
      required: true,
    },
    { name: 'sshKey', type: 'relationship', admin: over('ssh'), maxDepth: 10, relationTo: 'sshKeys', required: true },
    {
      name: 'ip',
      type: 'text',
      admin: over('ssh'),
      hooks: { beforeValidate: [uniqueInTenant('servers', 'ip')] },
      required: true,
    },
    { name: 'port', type: 'number', admin: over('ssh'), required: true },
    { name: 'username', type: 'text', required: true },
    { name: 'hostname', type: 'text', admin: over('tailscale'), required: true },
    { name: 'publicIp', type: 'text' },
    { name: 'tailscalePrivateIp', type: 'text' },
    tailscale,
    { name: 'beszel', type: 'group', fields: texts('systemId') },
    {
      name: 'plugins',
      type: 'array',
      fields: [
        { name: 'name', type: 'text', required: true },
        { name: 'version', type: 'text', required: true },
        { name: 'status', type: 'select', options: ['enabled', 'disabled'], required: true },
        { name: 'configuration', type: 'json' },
      ],
    },
    {
      name: 'domains',
      type: 'array',
      fields: [
        { name: 'domain', type: 'text', required: true },
        { name: 'default', type: 'checkbox', required: true },
        { name: 'synced', type: 'checkbox', defaultValue: false, required: true },
      ],
    },
    { name: 'onboarded', type: 'checkbox', defaultValue: false },
    {
      name: 'provider',
      type: 'select',
      defaultValue: 'other',
      options: ['digitalocean', 'aws', 'gcp', 'azure', 'dflow', 'other'],
      required: true,
    },
    { name: 'cloudProviderAccount', type: 'relationship', relationTo: 'cloudProviderAccounts' },
    awsEc2Details,
    dflowVpsDetails,
    { name: 'cloudInitStatus', type: 'select', defaultValue: 'running', options: ['running', 'other'] },
    {
      name: 'connection',
      type: 'group',
      fields: [
        {
          name: 'status',
          type: 'select',
          defaultValue: 'not-checked-yet',
          options: ['success', 'failed', 'not-checked-yet'],
        },
        { name: 'lastChecked', type: 'date' },
      ],
    },
    { name: 'connectionAttempts', type: 'number', defaultValue: 0 },
    { name: 'globalBuildPath', type: 'text', defaultValue: '/' },
    { name: 'createdBy', type: 'relationship', defaultValue: ({ user }) => user?.id, relationTo: 'users' },
  ],
}
