/**
 * A text field that is AES-256-CTR encrypted in the database and plain in every API answer.
 *
 * The value is stored as the cipher text of its JSON form. Empty values are stored as they are, so that
 * `required` still refuses them.
 */
export const encrypted = (field) => ({
  ...field,
  type: 'text',
  hooks: {
    afterRead: [({ req, value }) => (isFilled(value) ? JSON.parse(req.payload.decrypt(value)) : value)],
    beforeChange: [({ req, value }) => (isFilled(value) ? req.payload.encrypt(JSON.stringify(value)) : value)],
  },
})

const isFilled = (value) => typeof value === 'string' && value !== ''
