using System.Collections.Immutable;
using System.Text.Json;
using Dapper;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Telemetry;
using Microsoft.Data.Sqlite;

namespace Jingwei.Server.Indicators;

/// <summary>An input that came to another figure.</summary>
public sealed record InputChange(string Input, double? Old, double? New);

/// <summary>A figure that stood, and what it became.</summary>
/// <param name="Id">Grows over the installation: later changes have greater ones.</param>
/// <param name="Version">The version that it became.</param>
public sealed record Revision(
    long Id, string Indicator, string Thing, WindowSpan Window, long Version, double? OldValue, Band? OldBand, double? NewValue, Band? NewBand,
    string? OldDefinition, string? NewDefinition, ImmutableArray<InputChange> Inputs, RevisionCause? Cause, DateTimeOffset At);

/// <summary>Every change of a figure that stood, in the database; rows are only added.</summary>
internal static class RevisionRows
{
    public const string Table =
        """
        CREATE TABLE indicator_revision (
            id INTEGER PRIMARY KEY AUTOINCREMENT, indicator TEXT NOT NULL, thing TEXT NOT NULL, kind INTEGER NOT NULL, from_us BIGINT NOT NULL,
            to_us BIGINT NOT NULL, shift TEXT, version BIGINT NOT NULL, old_value DOUBLE PRECISION, old_band INTEGER, new_value DOUBLE PRECISION,
            new_band INTEGER, old_definition TEXT, new_definition TEXT, inputs TEXT NOT NULL, cause TEXT, at_us BIGINT NOT NULL)
        """;

    public const string Index = "CREATE INDEX indicator_revision_of ON indicator_revision (indicator, thing, from_us)";

    public static void Add(SqliteConnection store, SqliteTransaction transaction, IndicatorValue old, IndicatorValue now) => store.Execute(
        """
        INSERT INTO indicator_revision (indicator, thing, kind, from_us, to_us, shift, version, old_value, old_band, new_value, new_band, old_definition, new_definition, inputs, cause, at_us)
        VALUES (@Indicator, @Thing, @kind, @from, @to, @Shift, @Version, @oldValue, @oldBand, @newValue, @newBand, @oldDefinition, @newDefinition, @inputs, @cause, @at)
        """,
        new
        {
            now.Indicator,
            now.Thing,
            kind = (long)now.Window.Kind,
            from = now.Window.From,
            to = now.Window.To,
            now.Window.Shift,
            now.Version,
            oldValue = old.Outcome.Value,
            oldBand = (long?)old.Outcome.Band,
            newValue = now.Outcome.Value,
            newBand = (long?)now.Outcome.Band,
            oldDefinition = old.Definition,
            newDefinition = now.Definition,
            inputs = JsonSerializer.Serialize(Changes(old.Outcome, now.Outcome)),
            cause = now.Cause is { } cause ? JsonSerializer.Serialize(cause) : null,
            at = Instant.Of(now.ComputedAt),
        },
        transaction);

    public static List<Revision> Of(SqliteConnection store, string indicator, string thing, long from, long to, long? before, int limit) => store
        .Query<Row>(
            """
            SELECT * FROM indicator_revision
            WHERE indicator = @indicator AND thing = @thing AND from_us >= @from AND from_us < @to AND (@before IS NULL OR id < @before)
            ORDER BY id DESC LIMIT @limit
            """,
            new { indicator, thing, from, to, before, limit })
        .Select(row => row.ToRevision())
        .ToList();

    /// <summary>The first change of a value after a point: what stood until then. Null when it did not change since.</summary>
    public static Revision? FirstAfter(SqliteConnection store, IndicatorValue value, long after) => store
        .QueryFirstOrDefault<Row>(
            "SELECT * FROM indicator_revision WHERE indicator = @Indicator AND thing = @Thing AND from_us = @from AND id > @after ORDER BY id LIMIT 1",
            new { value.Indicator, value.Thing, from = value.Window.From, after })
        ?.ToRevision();

    private static List<InputChange> Changes(Outcome old, Outcome now) =>
    [
        .. now.Inputs
            .Select(input => new InputChange(input.Id, old.Inputs.FirstOrDefault(each => each.Id == input.Id)?.Value, input.Value))
            .Where(change => change.Old != change.New),
    ];

    private sealed record Row(
        long Id, string Indicator, string Thing, long Kind, long From_us, long To_us, string? Shift, long Version, double? Old_value, long? Old_band,
        double? New_value, long? New_band, string? Old_definition, string? New_definition, string Inputs, string? Cause, long At_us)
    {
        public Revision ToRevision() => new(
            Id, Indicator, Thing, new WindowSpan((IndicatorWindow)Kind, From_us, To_us, Shift), Version, Old_value, (Band?)Old_band, New_value, (Band?)New_band,
            Old_definition, New_definition, JsonSerializer.Deserialize<ImmutableArray<InputChange>>(Inputs),
            Cause is null ? null : JsonSerializer.Deserialize<RevisionCause>(Cause), Instant.ToTime(At_us));
    }
}
