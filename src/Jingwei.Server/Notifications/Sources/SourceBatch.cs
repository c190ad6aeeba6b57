using Microsoft.Data.Sqlite;

namespace Jingwei.Server.Notifications.Sources;

/// <summary>What a source has to tell next.</summary>
/// <param name="Read">How many events were read, also those that concern nobody; 0: there is nothing more.</param>
/// <param name="Advance">Goes behind them, in the transaction that writes what came of them.</param>
internal sealed record SourceBatch(IReadOnlyList<Occurrence> Items, int Read, Action<SqliteConnection, SqliteTransaction> Advance);
