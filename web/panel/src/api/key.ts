export { newKey, useActKey } from '@wracam/ui/act-key.ts';
