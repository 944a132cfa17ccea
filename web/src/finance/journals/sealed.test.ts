import { describe, expect, it } from 'vitest';
import { readCheckpoint } from './use-sealed';

describe('the seal of a page of the register', () => {
  const sealed = readCheckpoint('diwan/main/epoch-1\n7250\nX8PWMGZdgKC6ehMmrn0v\n\n— diwan/main/epoch-1 Vz58\n');
  it('covers what the checkpoint covers and nothing after it', () => {
    expect(sealed?.hash).toBe('X8PWMGZdgKC6ehMmrn0v');
    expect(sealed?.covers('main.1.7250')).toBe(true);
    expect(sealed?.covers('main.1.7251')).toBe(false);
    expect(sealed?.covers('unread')).toBe(false);
  });
  it('is none without a checkpoint', () => {
    expect(readCheckpoint('')).toBeUndefined();
    expect(readCheckpoint('<!doctype html>\n<html>\n<body>')).toBeUndefined();
  });
});
