import { Injectable } from '@nestjs/common';
import { type ActivityIntake, type SourceActivity, TakesActivities } from '#platform/outbox/activity-intake.port.js';
import { ActivitiesService } from './activities.service.js';

/** The front door for what modules of ours vouch for. */
@Injectable()
@TakesActivities()
export class SourceIntake implements ActivityIntake {
  constructor(private readonly activities: ActivitiesService) {}

  async take(activity: SourceActivity): Promise<void> {
    await this.activities.recordOwn(activity);
  }
}
