/**
 * Who may do what over REST: only users whose global role includes `admin`. Tenant roles are not consulted.
 */

export const isAdmin = ({ req }) => holdsAdminRole(req.user)

export const holdsAdminRole = (user) => Boolean(user?.role?.includes('admin'))

export const never = () => false

/** The access rules shared by every collection; a collection that differs overrides single keys. */
export const adminsOnly = {
  create: isAdmin,
  delete: isAdmin,
  read: isAdmin,
  readVersions: isAdmin,
  update: isAdmin,
}

/** A field that keeps the value it was created with: an update that names it is accepted and the value ignored. */
export const fixedAfterCreate = { update: never }
