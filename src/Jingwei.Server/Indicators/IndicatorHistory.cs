using System.Collections.Immutable;
using System.Text.Json;
using Dapper;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Telemetry;
using Microsoft.Data.Sqlite;

namespace Jingwei.Server.Indicators;

/// <summary>The values of windows that are over, in the database.</summary>
public sealed class IndicatorHistory
{
    private const string Columns = "indicator, thing, kind, from_us, to_us, shift, value, band, inputs, computed_us, corrected_us, version";

    // No window is longer than a day of 25 hours: what holds a moment started at most this long before it.
    private const long LongestWindow = 26 * 3_600_000_000L;

    private readonly Database database;

    public IndicatorHistory(Database database)
    {
        this.database = database;
        database.Migrate(
            "indicators",
            """
            CREATE TABLE indicator_value (
                indicator TEXT NOT NULL, thing TEXT NOT NULL, kind INTEGER NOT NULL, from_us BIGINT NOT NULL, to_us BIGINT NOT NULL, shift TEXT,
                value DOUBLE PRECISION, band INTEGER, inputs TEXT NOT NULL, computed_us BIGINT NOT NULL, corrected_us BIGINT, version BIGINT NOT NULL,
                PRIMARY KEY (indicator, thing, from_us))
            """,
            "CREATE INDEX indicator_value_from ON indicator_value (from_us)",
            "CREATE TABLE indicator_mark (name TEXT PRIMARY KEY, value BIGINT NOT NULL)");
    }

    /// <summary>How far the past was computed: the name's number, or null before it was ever set.</summary>
    public long? Mark(string name) => database.Read(store =>
        store.QuerySingleOrDefault<long?>("SELECT value FROM indicator_mark WHERE name = @name", new { name }));

    /// <summary>
    /// Stores values of windows that are over. A value that stood and is another now becomes a correction. Returns what is new,
    /// as stored; what stayed the same is left out.
    /// </summary>
    public IReadOnlyList<IndicatorValue> Save(IReadOnlyList<IndicatorValue> values, IEnumerable<(string Name, long Value)> marks) =>
        database.Write((store, transaction) =>
        {
            var saved = new List<IndicatorValue>();
            foreach (var value in values)
            {
                if (Next(value, Find(store, value.Indicator, value.Thing, value.Window.From, transaction)) is { } next)
                {
                    store.Execute(
                        $"""
                        INSERT INTO indicator_value ({Columns})
                        VALUES (@Indicator, @Thing, @kind, @from, @to, @Shift, @Value, @band, @inputs, @computed, @corrected, @Version)
                        ON CONFLICT (indicator, thing, from_us) DO UPDATE SET kind = excluded.kind, to_us = excluded.to_us, shift = excluded.shift,
                            value = excluded.value, band = excluded.band, inputs = excluded.inputs, computed_us = excluded.computed_us,
                            corrected_us = excluded.corrected_us, version = excluded.version
                        """,
                        ColumnsOf(next),
                        transaction);
                    saved.Add(next);
                }
            }

            foreach (var (name, value) in marks)
            {
                store.Execute(
                    "INSERT INTO indicator_mark (name, value) VALUES (@name, @value) ON CONFLICT (name) DO UPDATE SET value = @value",
                    new { name, value },
                    transaction);
            }

            return saved;
        });

    /// <summary>The values whose windows hold <paramref name="at"/> (microseconds UTC), of one indicator or of all.</summary>
    public IReadOnlyList<IndicatorValue> At(long at, string? indicator) => database.Read(store => store
        .Query<Row>(
            $"""
            SELECT {Columns} FROM indicator_value
            WHERE from_us > @earliest AND from_us <= @at AND to_us > @at AND (@indicator IS NULL OR indicator = @indicator)
            """,
            new { at, earliest = at - LongestWindow, indicator })
        .Select(row => row.ToValue())
        .ToList());

    /// <summary>The values of an indicator of a thing whose windows share time with [from, to), in order.</summary>
    public IReadOnlyList<IndicatorValue> Of(string indicator, string thing, long from, long to) => database.Read(store => store
        .Query<Row>(
            $"""
            SELECT {Columns} FROM indicator_value
            WHERE indicator = @indicator AND thing = @thing AND from_us < @to AND to_us > @from ORDER BY from_us LIMIT 10000
            """,
            new { indicator, thing, from, to })
        .Select(row => row.ToValue())
        .ToList());

    private static IndicatorValue? Next(IndicatorValue value, IndicatorValue? stood) => stood switch
    {
        null => value,
        _ when stood.Window == value.Window && stood.Outcome.Same(value.Outcome) => null,
        _ => value with { CorrectedAt = value.ComputedAt, Version = stood.Version + 1 },
    };

    private static IndicatorValue? Find(SqliteConnection store, string indicator, string thing, long from, SqliteTransaction transaction) => store
        .QuerySingleOrDefault<Row>(
            $"SELECT {Columns} FROM indicator_value WHERE indicator = @indicator AND thing = @thing AND from_us = @from",
            new { indicator, thing, from },
            transaction)
        ?.ToValue();

    private static object ColumnsOf(IndicatorValue value) => new
    {
        value.Indicator,
        value.Thing,
        kind = (long)value.Window.Kind,
        from = value.Window.From,
        to = value.Window.To,
        value.Window.Shift,
        value.Outcome.Value,
        band = (long?)value.Outcome.Band,
        inputs = JsonSerializer.Serialize(value.Outcome.Inputs),
        computed = Instant.Of(value.ComputedAt),
        corrected = value.CorrectedAt is { } at ? Instant.Of(at) : (long?)null,
        value.Version,
    };

    private sealed record Row(
        string Indicator, string Thing, long Kind, long From_us, long To_us, string? Shift, double? Value, long? Band, string Inputs,
        long Computed_us, long? Corrected_us, long Version)
    {
        public IndicatorValue ToValue() => new(
            Indicator,
            Thing,
            new WindowSpan((IndicatorWindow)Kind, From_us, To_us, Shift),
            new Outcome(Value, (Band?)Band, JsonSerializer.Deserialize<ImmutableArray<InputFigure>>(Inputs)),
            Instant.ToTime(Computed_us),
            Complete: true,
            Corrected_us is { } at ? Instant.ToTime(at) : null,
            Version);
    }
}
