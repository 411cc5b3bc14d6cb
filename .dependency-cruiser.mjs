export { default } from './test/fences/fences.js';
