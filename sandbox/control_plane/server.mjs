/**
 * Serves the control plane's REST API on 127.0.0.1.
 *
 * Environment: PAYLOAD_SECRET, DFLOW_SANDBOX_DATABASE (path of the SQLite file), DFLOW_SANDBOX_PORT (0 or absent:
 * any free port), DFLOW_SANDBOX_STOP_WITH_STDIN=1 (exit as soon as standard input closes, that is, when the process
 * that holds its other end is gone). Standard output carries one line, `{"port": <number>}`, once requests are
 * answered; everything else goes to standard error.
 */
import http from 'node:http'
import process from 'node:process'

// Payload's SQLite adapter draws a spinner on standard output, which belongs to the ready line alone.
const announce = process.stdout.write.bind(process.stdout)
process.stdout.write = process.stderr.write.bind(process.stderr)

Object.assign(process.env, {
  DISABLE_PAYLOAD_HMR: 'true',
  NEXT_TELEMETRY_DISABLED: '1',
  PAYLOAD_DISABLE_DEPENDENCY_CHECKER: 'true',
})

if (process.env.DFLOW_SANDBOX_STOP_WITH_STDIN === '1') {
  process.stdin.on('end', () => process.exit(0))
  process.stdin.on('error', () => process.exit(0))
  process.stdin.resume()
}
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => process.exit(0))
}

const { getPayload, handleEndpoints } = await import('payload')
const { controlPlaneConfig } = await import('./config.mjs')
const { leaveOutUnsetFields } = await import('./absent-fields.mjs')

const required = (name) => {
  const value = process.env[name]
  if (!value) {
    process.stderr.write(`${name} is not set\n`)
    process.exit(2)
  }
  return value
}

const config = await controlPlaneConfig({
  databaseFile: required('DFLOW_SANDBOX_DATABASE'),
  secret: required('PAYLOAD_SECRET'),
})
await getPayload({ config })

const bodyOf = async (incoming) => {
  if (incoming.method === 'GET' || incoming.method === 'HEAD') {
    return undefined
  }
  const chunks = []
  for await (const chunk of incoming) {
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

const toRequest = async (incoming) => {
  const headers = new Headers()
  for (const [name, value] of Object.entries(incoming.headers)) {
    for (const single of [value].flat()) {
      headers.append(name, single)
    }
  }
  const origin = `http://${incoming.headers.host ?? '127.0.0.1'}`
  return new Request(new URL(incoming.url, origin), { body: await bodyOf(incoming), headers, method: incoming.method })
}

const bodyToSend = async (response) => {
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.startsWith('application/json')
  return Buffer.from(isJson ? JSON.stringify(leaveOutUnsetFields(JSON.parse(text))) : text)
}

const answer = async (incoming, outgoing) => {
  const response = await handleEndpoints({ config, request: await toRequest(incoming) })
  const body = await bodyToSend(response)
  const headers = Object.fromEntries(response.headers)
  delete headers['set-cookie']
  const cookies = response.headers.getSetCookie()
  outgoing.writeHead(response.status, {
    ...headers,
    ...(cookies.length > 0 ? { 'set-cookie': cookies } : {}),
    'content-length': body.length,
  })
  outgoing.end(incoming.method === 'HEAD' ? undefined : body)
}

const server = http.createServer((incoming, outgoing) => {
  answer(incoming, outgoing).catch((error) => {
    process.stderr.write(`${error.stack}\n`)
    outgoing.destroy()
  })
})
server.listen(Number(process.env.DFLOW_SANDBOX_PORT ?? 0), '127.0.0.1', () => {
  announce(`${JSON.stringify({ port: server.address().port })}\n`)
})
