import { createHmac, timingSafeEqual } from 'node:crypto'

/**
 * GitHub's push webhook: the one request that makes a deployment without the dashboard.
 *
 * It is signed instead of authenticated, and answered with 200 whatever comes of it. Every service of the App, the
 * repository and the branch gets a deployment. Nothing runs it: there is no worker, so it stays `queued`.
 */
export const deployGithub = {
  path: '/deploy/github',
  method: 'post',
  handler: async (req) => {
    const payload = await bodyOf(req)
    if (payload === undefined || req.headers.get('x-github-event') !== 'push') {
      return answer('Nothing to deploy.')
    }
    const provider = await signerOf({ payload, req })
    if (provider === undefined) {
      return answer('No installed App signed this.')
    }
    const services = await servicesOf({ payload, provider, req })
    for (const service of services) {
      await req.payload.create({ collection: 'deployments', data: { service: service.id, status: 'queued' }, req })
    }
    return answer(`Deployments: ${services.length}.`)
  },
}

const answer = (message) => Response.json({ message })

const bodyOf = async (req) => {
  try {
    const payload = await req.json()
    return typeof payload === 'object' && payload !== null ? payload : undefined
  } catch {
    return undefined
  }
}

/** The App of the installation, if it signed the request: with an HMAC of the body as JSON.stringify writes it again. */
const signerOf = async ({ payload, req }) => {
  const installation = payload.installation?.id
  if (installation === undefined) {
    return undefined
  }
  const found = await req.payload.find({
    collection: 'gitProviders',
    depth: 0,
    pagination: false,
    req,
    where: { 'github.installationId': { equals: String(installation) } },
  })
  const signature = req.headers.get('x-hub-signature-256') ?? ''
  return found.docs.find(({ github }) => isSame(signature, signed(payload, github.webhookSecret)))
}

const signed = (payload, secret) =>
  `sha256=${createHmac('sha256', secret).update(JSON.stringify(payload)).digest('hex')}`

const isSame = (given, expected) => {
  const [left, right] = [Buffer.from(given), Buffer.from(expected)]
  return left.length === right.length && timingSafeEqual(left, right)
}

const servicesOf = async ({ payload, provider, req }) => {
  const branch = /^refs\/heads\/(?<name>.+)$/.exec(payload.ref ?? '')?.groups.name
  const repository = payload.repository?.name
  if (!branch || !repository) {
    return []
  }
  const found = await req.payload.find({
    collection: 'services',
    depth: 0,
    pagination: false,
    req,
    where: {
      and: [
        { provider: { equals: provider.id } },
        { 'githubSettings.repository': { equals: repository } },
        { 'githubSettings.branch': { equals: branch } },
      ],
    },
  })
  return found.docs
}
