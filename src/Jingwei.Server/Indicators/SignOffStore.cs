using System.Collections.Immutable;
using System.Globalization;
using Dapper;
using Jingwei.Server.Access;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Telemetry;

namespace Jingwei.Server.Indicators;

/// <summary>The periods that were signed off: few, so all are in memory, stored before they are seen.</summary>
public sealed class SignOffStore
{
    private const string Columns =
        "id, party, from_day, to_day, indicator, by_id, by_name, at_us, note, revision, withdrawn_by, withdrawn_us, withdrawn_note";

    private readonly Database database;
    private readonly Parties parties;
    private readonly Lock gate = new();
    private ImmutableArray<SignOff> all;

    public SignOffStore(Database database, Parties parties, IndicatorHistory history)
    {
        // The history first: what is signed off stands in its tables.
        _ = history;
        (this.database, this.parties) = (database, parties);
        database.Migrate(
            "indicators.sign-offs",
            """
            CREATE TABLE indicator_sign_off (
                id INTEGER PRIMARY KEY AUTOINCREMENT, party TEXT NOT NULL, from_day TEXT NOT NULL, to_day TEXT NOT NULL, indicator TEXT,
                by_id TEXT NOT NULL, by_name TEXT NOT NULL, at_us BIGINT NOT NULL, note TEXT NOT NULL, revision BIGINT NOT NULL,
                withdrawn_by TEXT, withdrawn_us BIGINT, withdrawn_note TEXT)
            """);
        all = Load();
    }

    /// <summary>In the order in which they were signed off.</summary>
    public ImmutableArray<SignOff> All => all;

    /// <summary>Signs a period off as everything stands at this moment.</summary>
    public SignOff Add(string party, DateOnly from, DateOnly to, string? indicator, Caller by, DateTimeOffset at, string note)
    {
        lock (gate)
        {
            var id = database.Write((store, transaction) =>
            {
                var added = store.ExecuteScalar<long>(
                    """
                    INSERT INTO indicator_sign_off (party, from_day, to_day, indicator, by_id, by_name, at_us, note, revision)
                    VALUES (@party, @from, @to, @indicator, @Id, @Name, @at, @note, COALESCE((SELECT MAX(id) FROM indicator_revision), 0));
                    SELECT last_insert_rowid();
                    """,
                    new { party, from = Text(from), to = Text(to), indicator, by.Id, by.Name, at = Instant.Of(at), note },
                    transaction);
                KillPoint.Reach("sign-off-written");
                return added;
            });
            KillPoint.Reach("sign-off-committed");
            all = Load();
            return all.First(each => each.Id == id);
        }
    }

    /// <summary>Takes it back; false when that was done already.</summary>
    public bool Withdraw(long id, Caller by, DateTimeOffset at, string note)
    {
        lock (gate)
        {
            var done = database.Write((store, transaction) => store.Execute(
                "UPDATE indicator_sign_off SET withdrawn_by = @Name, withdrawn_us = @at, withdrawn_note = @note WHERE id = @id AND withdrawn_us IS NULL",
                new { id, by.Name, at = Instant.Of(at), note },
                transaction));
            all = Load();
            return done == 1;
        }
    }

    /// <summary>The first one in force over a value of a subject that belongs to a party; null when it is not signed off.</summary>
    public SignOff? For(string party, IndicatorValue value)
    {
        var signed = all;
        if (signed.IsEmpty)
        {
            return null;
        }

        var day = WindowCalendar.LocalDay(value.Window.From, parties.ZoneOf(party));
        var path = parties.PathOf(party);
        return signed.FirstOrDefault(each =>
            each.WithdrawnAt is null && day >= each.From && day < each.To && path.Covers(each.Party) && (each.Indicator is null || each.Indicator == value.Indicator));
    }

    /// <summary>What a value was when it was signed off, and whether it was there at all.</summary>
    public (bool Reported, double? Value, Band? Band) ReportedOf(SignOff signOff, IndicatorValue value)
    {
        if ((value.CorrectedAt ?? value.ComputedAt) < signOff.At)
        {
            return (true, value.Outcome.Value, value.Outcome.Band);
        }

        var first = database.Read(store => RevisionRows.FirstAfter(store, value, signOff.Revision));
        return first is not null ? (true, first.OldValue, first.OldBand)
            : value.CorrectedAt is null ? (false, null, null)
            : (true, value.Outcome.Value, value.Outcome.Band);
    }

    private ImmutableArray<SignOff> Load() => database.Read(store => store
        .Query<Row>($"SELECT {Columns} FROM indicator_sign_off ORDER BY id")
        .Select(row => row.ToSignOff())
        .ToImmutableArray());

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private sealed record Row(
        long Id, string Party, string From_day, string To_day, string? Indicator, string By_id, string By_name, long At_us, string Note, long Revision,
        string? Withdrawn_by, long? Withdrawn_us, string? Withdrawn_note)
    {
        public SignOff ToSignOff() => new(
            Id, Party, DateOnly.Parse(From_day, CultureInfo.InvariantCulture), DateOnly.Parse(To_day, CultureInfo.InvariantCulture), Indicator, By_id, By_name,
            Instant.ToTime(At_us), Note, Revision, Withdrawn_by, Withdrawn_us is { } at ? Instant.ToTime(at) : null, Withdrawn_note);
    }
}
