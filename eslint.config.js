import js from '@eslint/js';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['**/node_modules', '**/dist', 'data', 'bench/results', 'sdk/src/generated*', 'web/*/public'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [js.configs.recommended, ...tseslint.configs.recommended],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      // The compiler knows every name; this rule does not know the types of Node and of the browser.
      'no-undef': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // A promise that nobody waits for loses its failure, and with it maybe a sale.
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/ban-ts-comment': ['error', { 'ts-expect-error': true }],
      eqeqeq: ['error', 'always'],
      'no-restricted-syntax': ['error',
        { selector: "CallExpression[callee.name='parseFloat'], CallExpression[callee.property.name='toFixed'][callee.object.name=/points|minor/i]", message: 'Points and money are whole numbers of the smallest unit: use the arithmetic of engine.' },
      ],
    },
  },
  {
    // A hook behind a condition breaks the page on the day the condition changes.
    files: ['web/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    rules: { 'react-hooks/rules-of-hooks': 'error' },
  },
  {
    // Pressed twice it is done once, and what follows is told though the button is gone: only `useAct` sees to both.
    files: ['web/**/*.{ts,tsx}'],
    ignores: ['web/ui/src/act.ts'],
    rules: { 'no-restricted-imports': ['error', { paths: [{ name: '@tanstack/react-query', importNames: ['useMutation'], message: 'Use `useAct` of @wracam/ui/act.ts.' }] }] },
  },
  { files: ['**/*.{js,mjs}'], extends: [js.configs.recommended], rules: { 'no-undef': 'off' } },
);
