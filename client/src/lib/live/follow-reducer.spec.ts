import { beginFollowing, NOT_FOLLOWING, receiveFollowed } from './follow-reducer.js';

describe('H4 following a stream that nobody keeps', () => {
  const following = beginFollowing(NOT_FOLLOWING, 7).state;

  test('opening reads anew, and the next push is applied', () => {
    expect(beginFollowing(NOT_FOLLOWING, 7)).toEqual({ state: { cur: 7, early: 0 }, apply: false, readAnew: true });
    expect(receiveFollowed(following, 8)).toEqual({ state: { cur: 8, early: 0 }, apply: true, readAnew: false });
  });

  test('a number that is missing reads anew once, and goes on behind it', () => {
    const gap = receiveFollowed(following, 10);
    expect(gap).toMatchObject({ state: { cur: 10 }, apply: false, readAnew: true });
    expect(receiveFollowed(gap.state, 11)).toMatchObject({ apply: true, readAnew: false });
  });

  test('what is known is dropped', () => {
    expect(receiveFollowed(following, 7)).toEqual({ state: following, apply: false, readAnew: false });
    expect(receiveFollowed(following, 3)).toEqual({ state: following, apply: false, readAnew: false });
  });

  test('a push that overtakes the answer is in what is read after it', () => {
    const early = receiveFollowed(NOT_FOLLOWING, 8);
    expect(early).toMatchObject({ apply: false, readAnew: false });
    const opened = beginFollowing(early.state, 7);
    expect(opened).toMatchObject({ state: { cur: 8 }, readAnew: true });
    expect(receiveFollowed(opened.state, 9)).toMatchObject({ apply: true, readAnew: false });
  });

  test('after a break a lower head is no reason to drop: the numbering began anew', () => {
    const again = beginFollowing(NOT_FOLLOWING, 0).state;
    expect(receiveFollowed(again, 1)).toMatchObject({ apply: true });
  });
});
