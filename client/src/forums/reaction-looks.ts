import type { Component } from 'svelte';
import HandHeart from '@lucide/svelte/icons/hand-heart';
import Heart from '@lucide/svelte/icons/heart';
import Laugh from '@lucide/svelte/icons/laugh';
import PartyPopper from '@lucide/svelte/icons/party-popper';
import Sparkles from '@lucide/svelte/icons/sparkles';
import ThumbsUp from '@lucide/svelte/icons/thumbs-up';
import type { Reaction } from '@verbena/shared/forums/reaction.js';
import type { InBoth } from '@verbena/shared/platform/manifest.js';

interface ReactionLook {
  readonly icon: Component<{ size?: number; 'aria-hidden'?: 'true' }>;
  /** What members and managers read of it: both sides have it from here. */
  readonly name: InBoth<string>;
}

export const REACTION_LOOKS: Readonly<Record<Reaction, ReactionLook>> = {
  like: { icon: ThumbsUp, name: { es: 'Me gusta', en: 'I like it' } },
  love: { icon: Heart, name: { es: 'Me encanta', en: 'I love it' } },
  thanks: { icon: HandHeart, name: { es: 'Gracias', en: 'Thank you' } },
  bravo: { icon: PartyPopper, name: { es: 'Bravo', en: 'Well done' } },
  laugh: { icon: Laugh, name: { es: 'Me río', en: 'It makes me laugh' } },
  wow: { icon: Sparkles, name: { es: 'Asombroso', en: 'Amazing' } },
};
