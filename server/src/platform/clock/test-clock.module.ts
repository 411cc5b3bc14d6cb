import { Module } from '@nestjs/common';
import { TestClockController } from './test-clock.controller.js';

/** Imported only where `VERBENA_TEST` is set, so elsewhere the route does not exist. */
@Module({ controllers: [TestClockController] })
export class TestClockModule {}
