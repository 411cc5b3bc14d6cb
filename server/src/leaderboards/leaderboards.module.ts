import { Injectable, Module } from '@nestjs/common';
import { ProvidesDefinitions, type DefinitionProvider } from '#programs/definition-source.port.js';
import { boardsSource } from './boards.definitions.js';
import { BoardStreams } from './leaderboards.push.js';

@ProvidesDefinitions()
@Injectable()
class BoardsDefinitions implements DefinitionProvider {
  readonly source = boardsSource;
}

/** Owns: what boards are. Takes in: nothing yet. Gives out: their definition source, which programs finds. */
@Module({ providers: [BoardsDefinitions, BoardStreams] })
export class LeaderboardsModule {}
