/** What a staff role or an API key may be allowed to do. Every operation of the contract names exactly one, or says whom it serves instead. */
export const permissionNames = [
  'members.read', 'members.write', 'transactions.read', 'transactions.write', 'points.read', 'points.adjust', 'points.clear', 'points.repair', 'points.spend', 'tiers.write',
  'rules.read', 'rules.write', 'events.read', 'events.write', 'rewards.read', 'rewards.write', 'orders.read', 'orders.write', 'reports.read', 'messages.read',
  'settings.read', 'settings.write', 'access.manage', 'audit.read', 'testclock.move',
] as const;
export type Permission = (typeof permissionNames)[number];
export type Role = 'owner' | 'manager' | 'consultant' | 'cashier';

const cashier = ['members.read', 'members.write', 'transactions.read', 'transactions.write', 'points.read', 'points.spend', 'rewards.read', 'orders.read', 'orders.write', 'rules.read', 'settings.read'] as const satisfies readonly Permission[];
const consultant = [...cashier, 'points.adjust', 'tiers.write', 'events.read', 'events.write'] as const satisfies readonly Permission[];
const manager = [...consultant, 'points.clear', 'points.repair', 'rules.write', 'rewards.write', 'reports.read', 'messages.read', 'settings.write', 'audit.read', 'testclock.move'] as const satisfies readonly Permission[];

/** Permissions by role; `owner` alone manages staff and keys. A cashier never adjusts points by hand. */
export const rolePermissions: Record<Role, readonly Permission[]> = { cashier, consultant, manager, owner: permissionNames };
