import { adminsOnly } from '../access.mjs'
import { refuseDuplicates } from '../fields/duplicates.mjs'
import { encrypted } from '../fields/encrypted.mjs'

const credentials = (name, type, ...secrets) => ({
  name,
  type: 'group',
  admin: { condition: (data) => data?.type === type },
  fields: secrets.map((secret) => encrypted({ name: secret, required: true })),
})

export const cloudProviderAccounts = {
  slug: 'cloudProviderAccounts',
  access: adminsOnly,
  admin: { useAsTitle: 'name' },
  trash: true,
  hooks: {
    beforeValidate: [
      refuseDuplicates(
        'cloudProviderAccounts',
        ['name', 'type'],
        ['dFlowDetails.accessToken'],
        ['awsDetails.accessKeyId'],
        ['gcpDetails.serviceAccountKey'],
        ['digitaloceanDetails.accessToken'],
        ['azureDetails.clientId', 'azureDetails.subscriptionId'],
      ),
    ],
  },
  fields: [
    { name: 'name', type: 'text', required: true },
    { name: 'type', type: 'select', options: ['dFlow', 'aws', 'azure', 'gcp', 'digitalocean'], required: true },
    credentials('dFlowDetails', 'dFlow', 'accessToken'),
    credentials('awsDetails', 'aws', 'accessKeyId', 'secretAccessKey'),
    credentials('gcpDetails', 'gcp', 'serviceAccountKey', 'projectId'),
    credentials('digitaloceanDetails', 'digitalocean', 'accessToken'),
    credentials('azureDetails', 'azure', 'clientId', 'clientSecret', 'tenantId', 'subscriptionId'),
  ],
}
