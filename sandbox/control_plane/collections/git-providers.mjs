import { adminsOnly } from '../access.mjs'
import { refuseDuplicates } from '../fields/duplicates.mjs'

/** Made by a browser flow in dFlow. Its secrets are not encrypted at rest there, so they are not here either. */
export const gitProviders = {
  slug: 'gitProviders',
  access: adminsOnly,
  trash: true,
  hooks: {
    beforeValidate: [
      refuseDuplicates('gitProviders', ['github.appId'], ['github.clientId'], ['github.installationId']),
    ],
  },
  fields: [
    { name: 'type', type: 'select', options: ['github', 'gitlab', 'bitbucket'], required: true },
    {
      name: 'github',
      type: 'group',
      admin: { condition: (data) => data?.type === 'github' },
      fields: [
        { name: 'appName', type: 'text', required: true },
        { name: 'appUrl', type: 'text', required: true },
        { name: 'appId', type: 'number', required: true },
        { name: 'clientId', type: 'text', required: true },
        { name: 'clientSecret', type: 'text', required: true },
        { name: 'privateKey', type: 'text', required: true },
        { name: 'webhookSecret', type: 'text', required: true },
        { name: 'installationId', type: 'text' },
        { name: 'installationToken', type: 'text' },
        { name: 'tokenExpiration', type: 'text' },
      ],
    },
  ],
}
