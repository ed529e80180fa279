import { z } from 'zod';

export const phone = z.string().trim().min(7).max(30).regex(/^[+0-9 ()\-./]+$/, 'digits, spaces and + ( ) - . /');
