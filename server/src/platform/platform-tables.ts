/** Tables that stand above programs: row level security lets them be seen only inside `use_platform()`. Every other table belongs to a program. */
export const platformTables = ['api_key', 'attempt', 'due', 'installation', 'migration', 'one_time_code', 'organisation', 'program', 'session', 'staff', 'staff_role'] as const;
