export function NewRulePage() { return null; }
export function EditRulePage() { return null; }
