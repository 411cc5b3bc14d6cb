/** The same pages, read in English. */
import './every-route.story.js';
