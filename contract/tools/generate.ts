import { writeFileSync } from 'node:fs';
import { openApi } from '../src/openapi.ts';
import { sdkSource, type OpenApiDocument } from './sdk-source.ts';

const document = openApi();
writeFileSync('contract/openapi.json', `${JSON.stringify(document, null, 2)}\n`);
writeFileSync('sdk/src/generated.ts', sdkSource(document as unknown as OpenApiDocument));
