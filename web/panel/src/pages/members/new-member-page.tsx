export function NewMemberPage() { return null; }
