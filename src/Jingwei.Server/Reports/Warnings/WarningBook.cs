using System.Collections.Immutable;
using Dapper;
using Jingwei.Server.Access;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Telemetry;
using Microsoft.Data.Sqlite;

namespace Jingwei.Server.Reports.Warnings;

/// <summary>Warnings of the last weeks, of our own and of others: in memory, stored before they are seen.</summary>
internal sealed class WarningBook
{
    private readonly Database database;
    private readonly Regions regions;
    private readonly Lock gate = new();
    private ImmutableArray<Warning> all;

    public WarningBook(Database database, Regions regions, TimeProvider time)
    {
        (this.database, this.regions) = (database, regions);
        database.Migrate(
            "reports.warnings",
            """
            CREATE TABLE warning (
                seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, sender TEXT NOT NULL, sender_name TEXT NOT NULL, event TEXT NOT NULL, headline TEXT NOT NULL,
                description TEXT NOT NULL, instruction TEXT NOT NULL, band INTEGER NOT NULL, regions TEXT NOT NULL, areas TEXT NOT NULL, sent INTEGER NOT NULL,
                "from" INTEGER NOT NULL, "to" INTEGER NOT NULL, own INTEGER NOT NULL, exercise INTEGER NOT NULL, party TEXT, actor TEXT NOT NULL, received_at INTEGER NOT NULL, alert BLOB NOT NULL);
            CREATE INDEX warning_to ON warning ("to");
            """,
            // What an alert ends may come after it: feeds list the newest first.
            "CREATE TABLE warning_end (sender TEXT NOT NULL, id TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (sender, id)) WITHOUT ROWID",
            // Until then they were those that end where they begin.
            """ALTER TABLE warning ADD COLUMN cancels INTEGER NOT NULL DEFAULT 0; UPDATE warning SET cancels = 1 WHERE "to" = "from" """);
        var oldest = Instant.Of(time.GetUtcNow() - ReportLimits.Kept);
        all = [.. database.Read(store => store.Query<Row>($"SELECT {Columns} FROM warning WHERE \"to\" >= @oldest ORDER BY seq", new { oldest }).Select(row => row.ToWarning()).ToList())];
    }

    private const string Columns =
        """seq, id, sender, sender_name AS SenderName, event, headline, description, instruction, band, regions, areas, sent, "from", "to", own, exercise, party, cancels""";

    /// <summary>Told after a warning came, was replaced or cancelled.</summary>
    public event Action? Changed;

    public ImmutableArray<Warning> All => all;

    /// <summary>The gravest warning in force for a region or one above it, 0 (none) to 4 (red). Drills do not count.</summary>
    public int GravestAt(string region, long at)
    {
        var gravest = 0;
        foreach (var warning in all)
        {
            if (warning.IsInForce(at) && !warning.Exercise && Degree(warning.Band) > gravest && Covers(warning, region))
            {
                gravest = Degree(warning.Band);
            }
        }

        return gravest;
    }

    /// <summary>Whether a warning is in force for a region: for it or one above it.</summary>
    public bool Covers(Warning warning, string region)
    {
        var path = regions.PathOf(region);
        return warning.Regions.Any(path.Covers);
    }

    /// <summary>0 for green to 4 for red.</summary>
    public static int Degree(Band band) => Band.Green - band;

    /// <summary>Stores a warning with the alert that it came as, and ends those that it replaces or cancels.</summary>
    /// <param name="ended">Ids of warnings that it ends.</param>
    /// <param name="cancels">It only ends others, and warns of nothing.</param>
    /// <returns>The warning; null for one that is there already.</returns>
    public Warning? Add(Warning warning, IReadOnlyCollection<string> ended, bool cancels, string actor, long receivedAt, byte[] alert)
    {
        var kept = cancels ? warning with { To = warning.From } : warning;
        var added = database.Write((store, transaction) => Store(store, transaction, kept, ended, actor, receivedAt, alert));
        if (added is null)
        {
            return null;
        }

        lock (gate)
        {
            all = [.. all.Select(each => ended.Contains(each.Id) && each.Sender == warning.Sender ? each with { To = Math.Min(each.To, warning.Sent) } : each), added];
        }

        Changed?.Invoke();
        return added;
    }

    /// <summary>The alert that a warning came as, or was issued as; null for none of that id.</summary>
    public byte[]? Alert(string id) => database.Read(store => store.ExecuteScalar<byte[]?>("SELECT alert FROM warning WHERE id = @id", new { id }));

    private static Warning? Store(
        SqliteConnection store, SqliteTransaction transaction, Warning came, IReadOnlyCollection<string> ended, string actor, long receivedAt, byte[] alert)
    {
        var over = store.ExecuteScalar<long?>("SELECT at FROM warning_end WHERE sender = @Sender AND id = @Id", came, transaction);
        var warning = came with { To = Math.Min(came.To, over ?? came.To) };
        var seq = store.ExecuteScalar<long?>(
            """
            INSERT INTO warning (id, sender, sender_name, event, headline, description, instruction, band, regions, areas, sent, "from", "to", own, exercise, party, cancels, actor, received_at, alert)
            VALUES (@Id, @Sender, @SenderName, @Event, @Headline, @Description, @Instruction, @band, @regions, @Areas, @Sent, @From, @To, @Own, @Exercise, @Party, @Cancels, @actor, @receivedAt, @alert)
            ON CONFLICT DO NOTHING RETURNING seq
            """,
            new
            {
                warning.Id,
                warning.Sender,
                warning.SenderName,
                warning.Event,
                warning.Headline,
                warning.Description,
                warning.Instruction,
                band = (int)warning.Band,
                regions = string.Join(' ', warning.Regions),
                warning.Areas,
                warning.Sent,
                warning.From,
                warning.To,
                warning.Own,
                warning.Exercise,
                warning.Party,
                warning.Cancels,
                actor,
                receivedAt,
                alert,
            },
            transaction);
        if (seq is null)
        {
            return null;
        }

        // An issuer ends his own warnings alone (CAP 1.2, 3.2.1 references).
        store.Execute("""UPDATE warning SET "to" = min("to", @Sent) WHERE id IN @ended AND sender = @Sender""", new { warning.Sent, ended, warning.Sender }, transaction);
        store.Execute(
            "INSERT INTO warning_end (sender, id, at) VALUES (@Sender, @id, @Sent) ON CONFLICT DO UPDATE SET at = min(at, @Sent)",
            ended.Select(id => new { warning.Sender, id, warning.Sent }),
            transaction);
        return warning with { Seq = seq.Value };
    }

    private sealed record Row(
        long Seq, string Id, string Sender, string SenderName, string Event, string Headline, string Description, string Instruction, long Band, string Regions, string Areas, long Sent,
        long From, long To, long Own, long Exercise, string? Party, long Cancels)
    {
        public Warning ToWarning() => new(
            Seq, Id, Sender, SenderName, Event, Headline, Description, Instruction, (Band)Band, [.. Regions.Split(' ', StringSplitOptions.RemoveEmptyEntries)], Areas, Sent, From, To, Own != 0,
            Exercise != 0, Party, Cancels != 0);
    }
}
