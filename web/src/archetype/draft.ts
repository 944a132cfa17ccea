/** Drafts of forms: on this device with every letter, on the server when the fingers rest; see drafts/use-draft. */
export { useDraft, type Draft } from '../drafts/use-draft';
