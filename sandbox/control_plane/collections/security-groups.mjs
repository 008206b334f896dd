import { APIError } from 'payload'

import { adminsOnly, fixedAfterCreate } from '../access.mjs'

const RULE_TYPES = [
  'all-traffic',
  'all-tcp',
  'all-udp',
  'ssh',
  'http',
  'https',
  'custom-tcp',
  'custom-udp',
  'icmp',
  'icmpv6',
  'smtp',
  'pop3',
  'imap',
  'ms-sql',
  'mysql-aurora',
  'postgresql',
  'dns-udp',
  'rdp',
  'nfs',
  'custom-protocol',
]

const port = (name) => ({ name, type: 'number', max: 65535, min: -1 })

const rules = (name, defaultType, peer) => ({
  name,
  type: 'array',
  minRows: 1,
  fields: [
    { name: 'description', type: 'text' },
    { name: 'type', type: 'select', defaultValue: defaultType, options: RULE_TYPES, required: true },
    { name: 'protocol', type: 'text' },
    port('fromPort'),
    port('toPort'),
    {
      name: `${peer}Type`,
      type: 'select',
      defaultValue: 'anywhere-ipv4',
      options: ['my-ip', 'anywhere-ipv4', 'anywhere-ipv6', 'custom'],
      required: true,
    },
    { name: peer, type: 'text', required: true },
    { name: 'securityGroupRuleId', type: 'text' },
  ],
})

/**
 * Asked to sync, dFlow calls EC2 inside the request and stores the outcome, swallowing every error. The sandbox
 * has no route from here to an EC2, so a sync that dFlow would start ends as one that cannot reach AWS: `failed`.
 * Other clouds are not implemented in dFlow: the document is stored unchanged, still asking for its sync.
 */
const sync = ({ data, originalDoc }) => {
  const document = { ...originalDoc, ...data }
  if (document.syncStatus !== 'start-sync') {
    return data
  }
  for (const field of ['cloudProvider', 'cloudProviderAccount']) {
    if (!document[field]) {
      const message = `A security group needs a ${field} before it can be synced.`
      throw new APIError(message, 400, [{ field, message }], true)
    }
  }
  return document.cloudProvider === 'aws' ? { ...data, syncStatus: 'failed' } : data
}

/** A hard delete removes the AWS group first; AWS being out of reach aborts it with an opaque 500. */
const deleteInCloud = async ({ id, req }) => {
  const group = await req.payload.findByID({ collection: 'securityGroups', depth: 0, id, req, trash: true })
  if (group.cloudProvider === 'aws' && group.cloudProviderAccount && group.securityGroupId) {
    throw new Error(`cannot reach AWS to delete ${group.securityGroupId}`)
  }
}

export const securityGroups = {
  slug: 'securityGroups',
  access: adminsOnly,
  admin: { useAsTitle: 'name' },
  trash: true,
  hooks: { beforeChange: [sync], beforeDelete: [deleteInCloud] },
  fields: [
    { name: 'name', type: 'text', access: fixedAfterCreate, required: true },
    { name: 'description', type: 'textarea', access: fixedAfterCreate, required: true },
    {
      name: 'cloudProvider',
      type: 'select',
      access: fixedAfterCreate,
      options: ['aws', 'azure', 'gcp', 'digitalocean'],
    },
    {
      name: 'cloudProviderAccount',
      type: 'relationship',
      access: fixedAfterCreate,
      filterOptions: ({ data }) => ({ type: { equals: data?.cloudProvider } }),
      relationTo: 'cloudProviderAccounts',
    },
    rules('inboundRules', 'custom-tcp', 'source'),
    rules('outboundRules', 'all-traffic', 'destination'),
    {
      name: 'tags',
      type: 'array',
      fields: [
        { name: 'key', type: 'text', required: true },
        { name: 'value', type: 'text' },
      ],
    },
    { name: 'securityGroupId', type: 'text' },
    {
      name: 'syncStatus',
      type: 'select',
      defaultValue: 'pending',
      options: ['pending', 'start-sync', 'in-sync', 'failed'],
    },
    { name: 'lastSyncedAt', type: 'date' },
  ],
}
