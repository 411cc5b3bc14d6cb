import { Controller } from '@nestjs/common';
import { moveClock } from '@verbena/shared/platform/test-clock.js';
import type { RouteBody as BodyOf, RouteResponse } from '@verbena/shared/platform/route.js';
import { Implements, RouteBody } from '#platform/http/implements.decorator.js';
import { Clock, MovableClock } from './clock.js';

/** Lets a test move the server's time. */
@Controller()
export class TestClockController {
  constructor(private readonly clock: Clock) {}

  @Implements(moveClock)
  move(@RouteBody(moveClock) body: BodyOf<typeof moveClock>): RouteResponse<typeof moveClock> {
    if (!(this.clock instanceof MovableClock)) throw new Error('The clock of this server does not move.');
    this.clock.moveTo(Date.parse(body.at));
    return { at: new Date(this.clock.now()).toISOString() };
  }
}
