/**
 * dFlow stores its documents in MongoDB, where a field that was never set is absent from the answer. SQLite has a
 * column for every field and answers `null`. Clients have to cope with absence, so that is what they get here.
 */

/** Fields that hold JSON of the caller's own: a `null` in there is data. */
const OPAQUE = new Set(['completeApiResponse', 'configuration', 'logs'])

const withoutNulls = (value, name) => {
  if (OPAQUE.has(name) || typeof value !== 'object' || value === null) {
    return value
  }
  if (Array.isArray(value)) {
    return value.map((each) => withoutNulls(each))
  }
  const kept = Object.entries(value).filter(([, each]) => each !== null)
  return Object.fromEntries(kept.map(([key, each]) => [key, withoutNulls(each, key)]))
}

/** The answer's body with the unset fields of every document left out. Anything but documents passes unchanged. */
export const leaveOutUnsetFields = (body) => {
  if (body?.id !== undefined) {
    return withoutNulls(body)
  }
  const wrapper = ['docs', 'doc', 'user'].find((name) => body?.[name] !== undefined)
  return wrapper === undefined ? body : { ...body, [wrapper]: withoutNulls(body[wrapper]) }
}
