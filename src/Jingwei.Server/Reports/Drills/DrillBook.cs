using Dapper;
using Jingwei.Server.Access;
using Jingwei.Server.Telemetry;

namespace Jingwei.Server.Reports.Drills;

/// <summary>A drill that replays the reports of a past time as exercises.</summary>
/// <param name="From">Microseconds since 1970: the time that is replayed.</param>
/// <param name="Speed">Seconds of that time in a second.</param>
/// <param name="Region">Where the reports are from.</param>
/// <param name="Ended">When it was over, or stopped; null while it runs.</param>
internal sealed record Drill(
    string Id, string Name, string Type, string Party, string Region, long From, long To, double Speed, long Started, string Actor, long? Ended, long Reports)
{
    /// <summary>What time of the past it has come to.</summary>
    public long At(long now) => Math.Min(To, From + (long)((now - Started) * Speed));
}

/// <summary>Drills, those that run and those that are over.</summary>
internal sealed class DrillBook
{
    private const string Columns = """id, name, type, party, region, "from", "to", speed, started, actor, ended, reports""";

    private readonly Database database;
    private readonly TimeProvider time;

    public DrillBook(Database database, TimeProvider time)
    {
        (this.database, this.time) = (database, time);
        database.Migrate(
            "reports.drills",
            """
            CREATE TABLE drill (
                id TEXT PRIMARY KEY, name TEXT NOT NULL, type TEXT NOT NULL, party TEXT NOT NULL, region TEXT NOT NULL, "from" INTEGER NOT NULL, "to" INTEGER NOT NULL,
                speed REAL NOT NULL, started INTEGER NOT NULL, actor TEXT NOT NULL, ended INTEGER, reports INTEGER NOT NULL)
            """);
    }

    /// <summary>Told after a drill began or was stopped.</summary>
    public event Action? Changed;

    /// <summary>All drills, the newest first.</summary>
    public IReadOnlyList<Drill> All => database.Read(store => store.Query<Drill>($"SELECT {Columns} FROM drill ORDER BY id DESC").AsList());

    public IReadOnlyList<Drill> Running => database.Read(store => store.Query<Drill>($"SELECT {Columns} FROM drill WHERE ended IS NULL ORDER BY id").AsList());

    public Drill Begin(Caller caller, string name, string type, string party, string region, long from, long to, double speed)
    {
        var now = time.GetUtcNow();
        var drill = new Drill(Ulid.New(now), name, type, party, region, from, to, speed, Instant.Of(now), caller.Actor, null, 0);
        database.Write((store, transaction) => store.Execute(
            $"INSERT INTO drill ({Columns}) VALUES (@Id, @Name, @Type, @Party, @Region, @From, @To, @Speed, @Started, @Actor, @Ended, @Reports)", drill, transaction));
        Changed?.Invoke();
        return drill;
    }

    public void Replayed(string id, int reports) =>
        database.Write((store, transaction) => store.Execute("UPDATE drill SET reports = reports + @reports WHERE id = @id", new { id, reports }, transaction));

    public void End(string id)
    {
        var at = Instant.Of(time.GetUtcNow());
        database.Write((store, transaction) => store.Execute("UPDATE drill SET ended = @at WHERE id = @id AND ended IS NULL", new { id, at }, transaction));
        Changed?.Invoke();
    }

    /// <summary>The live reports that a drill replays of a time, the oldest first.</summary>
    public IReadOnlyList<ReportRow> Reports(Drill drill, long from, long to) => database.Read(store => store.Query<ReportRow>(
        $"""
        SELECT {ReportTables.Columns} FROM report WHERE reported_at >= @from AND reported_at < @to AND exercise = 0 AND type = @Type AND state = 1 ORDER BY reported_at, seq
        """,
        new { from, to, drill.Type }).AsList());
}
