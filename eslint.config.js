import typescriptParser from '@typescript-eslint/parser';
import svelte from 'eslint-plugin-svelte';
import { catalogueWords } from './test/fences/catalogue-words.js';

// For .svelte only, and untyped: oxlint reads the .ts files with types, svelte-check the types of the components.
export default [
  { ignores: ['**/node_modules/', '**/dist/', '**/build/', '**/.svelte-kit/', '**/*.{js,mjs,cjs,ts}'] },
  ...svelte.configs['flat/recommended'].map((config) => ({ ...config, files: ['**/*.svelte'] })),
  {
    files: ['**/*.svelte'],
    languageOptions: { parserOptions: { parser: typescriptParser } },
    plugins: { verbena: { rules: { 'catalogue-words': catalogueWords } } },
    rules: {
      'verbena/catalogue-words': 'error',
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            { regex: '^\\.\\./', message: 'Imports go down (./file.js) or across (#module/file.js), never up.' },
            { regex: '^zod', message: 'Schemas come from @verbena/shared.' },
          ],
        },
      ],
      'svelte/no-at-html-tags': 'error',
      'svelte/no-target-blank': 'error',
      'svelte/button-has-type': 'error',
      'svelte/require-each-key': 'error',
      // A space between two elements is written as { ' ' }.
      'svelte/no-useless-mustaches': 'off',
      'svelte/no-navigation-without-resolve': 'off',
    },
  },
];
