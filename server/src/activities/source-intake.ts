import { Injectable } from '@nestjs/common';
import { type ActivityIntake, type SourceActivity, TakesActivities } from '#platform/outbox/activity-intake.port.js';
import { ActivitiesService } from './activities.service.js';
import { ReversalsService } from './reversals.service.js';

/** The front door for what modules of ours vouch for. */
@Injectable()
@TakesActivities()
export class SourceIntake implements ActivityIntake {
  constructor(
    private readonly activities: ActivitiesService,
    private readonly reversals: ReversalsService,
  ) {}

  async take(activity: SourceActivity): Promise<void> {
    const { takesBack } = activity;
    if (takesBack === undefined) await this.activities.recordOwn(activity);
    else await this.reversals.reverseOwn({ ...activity, takesBack });
  }
}
