export function NewRewardPage() { return null; }
export function EditRewardPage() { return null; }
