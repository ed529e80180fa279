export { operations, type Access, type Operation, type OperationId, type Operations } from './operations.ts';
export { refusals, refusalWords, type Language, type RefusalCode, type RefusalParams } from './refusals.ts';
export { fieldFault, tellFault } from './field-faults.ts';
export { permissionNames, rolePermissions, type Permission, type Role } from './permissions.ts';
