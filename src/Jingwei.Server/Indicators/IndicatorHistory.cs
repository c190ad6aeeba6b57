using System.Collections.Immutable;
using System.Text.Json;
using Dapper;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Telemetry;
using Microsoft.Data.Sqlite;

namespace Jingwei.Server.Indicators;

/// <summary>The values of windows that are over, in the database, with what was counted for them and every change of them.</summary>
public sealed class IndicatorHistory
{
    private const string Columns = "indicator, thing, kind, from_us, to_us, shift, value, band, inputs, computed_us, corrected_us, version, definition";

    // No window up to a day is longer than 25 hours, no month longer than 31 days and an hour: what holds a moment started at most this long before it.
    private const long LongestDay = 26 * Instant.PerHour;
    private const long LongestMonth = 32 * Instant.PerDay;

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
            "CREATE TABLE indicator_mark (name TEXT PRIMARY KEY, value BIGINT NOT NULL)",
            "ALTER TABLE indicator_value ADD COLUMN definition TEXT",
            "CREATE INDEX indicator_value_window ON indicator_value (kind, from_us)",
            RevisionRows.Table,
            RevisionRows.Index,
            CountRows.Table,
            DefinitionRows.Table);
    }

    /// <summary>How far the past was computed: the name's number, or null before it was ever set.</summary>
    public long? Mark(string name) => database.Read(store =>
        store.QuerySingleOrDefault<long?>("SELECT value FROM indicator_mark WHERE name = @name", new { name }));

    /// <summary>
    /// Stores values of windows that are over, what was counted for them, and how far the past is computed: all or nothing. A value that
    /// stood and is another now becomes a correction, and a revision is written beside it. Returns what is new, as stored; what stayed the
    /// same is left out.
    /// </summary>
    public IReadOnlyList<IndicatorValue> Save(
        IReadOnlyList<IndicatorValue> values, IReadOnlyList<WindowCount> counts, IEnumerable<(string Name, long Value)> marks)
    {
        var isRevised = false;
        var stored = database.Write((store, transaction) =>
        {
            var saved = new List<IndicatorValue>();
            foreach (var value in values)
            {
                var stood = Find(store, value.Indicator, value.Thing, value.Window.From, transaction);
                if (Next(value, stood) is not { } next)
                {
                    continue;
                }

                if (stood is not null)
                {
                    RevisionRows.Add(store, transaction, stood, next);
                    isRevised = true;
                }

                Put(store, transaction, next);
                saved.Add(next);
            }

            CountRows.Put(store, transaction, counts);
            foreach (var (name, value) in marks)
            {
                store.Execute(
                    "INSERT INTO indicator_mark (name, value) VALUES (@name, @value) ON CONFLICT (name) DO UPDATE SET value = @value",
                    new { name, value },
                    transaction);
            }

            ReachIf(isRevised, "figures-revised");
            return saved;
        });
        ReachIf(isRevised, "figures-revised-committed");
        return stored;
    }

    private static void ReachIf(bool isRevised, string point)
    {
        if (isRevised)
        {
            KillPoint.Reach(point);
        }
    }

    /// <summary>What was counted of all things over a window that is over.</summary>
    public IReadOnlyList<WindowCount> Counts(IndicatorWindow kind, long from) => database.Read(store => CountRows.Of(store, kind, from));

    /// <summary>Keeps definitions that are in force from now on; those that were before are left as they are.</summary>
    public void Define(IReadOnlyCollection<IndicatorDefinition> definitions, DateTimeOffset at)
    {
        if (definitions.Count > 0)
        {
            database.Write((store, transaction) => DefinitionRows.Add(store, transaction, definitions, at));
        }
    }

    /// <summary>The definition with that digest, and since when it was in force; null when there is none.</summary>
    public (IndicatorDefinition Definition, DateTimeOffset Since)? Definition(string digest) => database.Read(store => DefinitionRows.Find(store, digest));

    /// <summary>The changes of an indicator of a thing, newest first.</summary>
    /// <param name="before">Only those before this one; null for all.</param>
    public IReadOnlyList<Revision> Revisions(string indicator, string thing, long from, long to, long? before, int limit) =>
        database.Read(store => RevisionRows.Of(store, indicator, thing, from, to, before, limit));

    /// <summary>The values whose windows hold <paramref name="at"/> (microseconds UTC), of one indicator or of all.</summary>
    public IReadOnlyList<IndicatorValue> At(long at, string? indicator) => database.Read(store => store
        .Query<Row>(
            $"""
            SELECT {Columns} FROM indicator_value
            WHERE kind <= {(int)IndicatorWindow.Day} AND from_us > @today AND from_us <= @at AND to_us > @at AND (@indicator IS NULL OR indicator = @indicator)
            UNION ALL
            SELECT {Columns} FROM indicator_value
            WHERE kind > {(int)IndicatorWindow.Day} AND from_us > @month AND from_us <= @at AND to_us > @at AND (@indicator IS NULL OR indicator = @indicator)
            """,
            new { at, today = at - LongestDay, month = at - LongestMonth, indicator })
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

    /// <summary>The values of all subjects whose windows begin in [from, to), in the order of time.</summary>
    /// <param name="changedSince">Only what was computed or corrected at that time or later; null for all.</param>
    /// <param name="after">Only what comes after; null for all.</param>
    internal IReadOnlyList<IndicatorValue> Between(long from, long to, string? indicator, long? changedSince, FigureKey? after, int limit) => database.Read(store => store
        .Query<Row>(
            $"""
            SELECT {Columns} FROM indicator_value
            WHERE from_us >= @from AND from_us < @to AND (@indicator IS NULL OR indicator = @indicator)
                AND (@changedSince IS NULL OR COALESCE(corrected_us, computed_us) >= @changedSince)
                AND (@after IS NULL OR (from_us, indicator, thing) > (@after, @afterIndicator, @afterThing))
            ORDER BY from_us, indicator, thing LIMIT @limit
            """,
            new { from, to, indicator, changedSince, after = after?.From, afterIndicator = after?.Indicator, afterThing = after?.Thing, limit })
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

    private static void Put(SqliteConnection store, SqliteTransaction transaction, IndicatorValue value) => store.Execute(
        $"""
        INSERT INTO indicator_value ({Columns})
        VALUES (@Indicator, @Thing, @kind, @from, @to, @Shift, @Value, @band, @inputs, @computed, @corrected, @Version, @Definition)
        ON CONFLICT (indicator, thing, from_us) DO UPDATE SET kind = excluded.kind, to_us = excluded.to_us, shift = excluded.shift,
            value = excluded.value, band = excluded.band, inputs = excluded.inputs, computed_us = excluded.computed_us,
            corrected_us = excluded.corrected_us, version = excluded.version, definition = excluded.definition
        """,
        new
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
            value.Definition,
        },
        transaction);

    // Dapper gives what the store has: the columns' order and kinds are those of the table.
    private sealed record Row(
        string Indicator, string Thing, long Kind, long From_us, long To_us, string? Shift, double? Value, long? Band, string Inputs,
        long Computed_us, long? Corrected_us, long Version, string? Definition)
    {
        public IndicatorValue ToValue() => new(
            Indicator,
            Thing,
            new WindowSpan((IndicatorWindow)Kind, From_us, To_us, Shift),
            new Outcome(Value, (Band?)Band, JsonSerializer.Deserialize<ImmutableArray<InputFigure>>(Inputs)),
            Instant.ToTime(Computed_us),
            Complete: true,
            Corrected_us is { } at ? Instant.ToTime(at) : null,
            Version)
        {
            Definition = Definition,
        };
    }
}
