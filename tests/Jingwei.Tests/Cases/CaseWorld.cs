using Dapper;
using Jingwei.Server;
using Jingwei.Server.Access;
using Jingwei.Server.Cases;
using Jingwei.Server.Directory;
using Jingwei.Server.Directory.Calendars;
using Jingwei.Server.Packs;
using Jingwei.Server.Packs.Model;

namespace Jingwei.Tests.Cases;

/// <summary>A real store in a folder of its own, with two parties beside each other and a clock that stands.</summary>
internal sealed class CaseWorld : IDisposable
{
    public static DateTimeOffset Start { get; } = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    private readonly string folder = System.IO.Directory.CreateTempSubdirectory("jingwei-cases-").FullName;

    public CaseWorld(PackSet? packs = null)
    {
        Time = new ManualTime(Start);
        Database = new Database(File);
        Packs = new PackCatalog(packs ?? WorkOrder.Packs);
        (Parties, Regions) = (new Parties(Database), new Regions(Database));
        Parties.Add(new Party("plant", "一厂", "root", "Asia/Shanghai"));
        Parties.Add(new Party("other", "二厂", "root", "Asia/Shanghai"));
        Cases = new CaseStore(Database, Packs, Parties, Regions, CalendarsOf(Database, Parties, Regions, Time), Time);
    }

    public string Folder => folder;

    public string File => Path.Combine(folder, "jingwei.db");

    public ManualTime Time { get; }

    public Database Database { get; private set; }

    public PackCatalog Packs { get; }

    public Parties Parties { get; }

    public Regions Regions { get; }

    public CaseStore Cases { get; private set; }

    public static OwnCalendars CalendarsOf(Database database, Parties parties, Regions regions, TimeProvider time) =>
        new(database, new CalendarOwners(new Things(database, parties, regions, time), parties));

    public static Caller User(string id, Role role, string party = "plant") =>
        new(CallerKind.User, id, id, [new Grant(1, role, party, "root")]);

    public static Caller Operator { get; } = User("wang", Role.Operator);

    public static Caller Engineer { get; } = User("li", Role.Engineer);

    public static Caller Administrator { get; } = User("zhao", Role.Administrator);

    public static OpenCase Order(string title = "M-01 主轴过热", string fields = "{}") =>
        new("work-order", Label.Of(title), Band.Orange, null, "plant", "root", WorkOrder.Fields(fields));

    public static OpenCase Raised(string alarm, string thing = "m-01", string rule = "spindle-hot") =>
        Order() with { Thing = thing, Rule = rule, Alarm = alarm };

    public static TakeTransition Take(string transition, string fields = "{}", string? assignee = null, string? comment = null) =>
        new(transition, WorkOrder.Fields(fields), assignee is null ? null : new CaseAssignee(assignee, true), comment);

    public async Task<CaseRow> OpenAsync(OpenCase? order = null) =>
        Accepted(await TryOpenAsync(order?.Rule is null ? Operator : Caller.System, order ?? Order()));

    public Task<CaseOutcome> TryOpenAsync(Caller caller, OpenCase order, Once? once = null) =>
        Cases.OpenAsync(caller, order, once, TestContext.Current.CancellationToken);

    public Task<CaseOutcome> TryAsync(Caller caller, string id, CaseSignal signal, long? version = null) =>
        Cases.SignalAsync(caller, id, signal, version, null, TestContext.Current.CancellationToken);

    public Task<CaseOutcome> TryEraseAsync(Caller caller, string id, long seq, string reason) =>
        Cases.EraseAsync(caller, id, seq, reason, null, TestContext.Current.CancellationToken);

    public async Task<CaseRow> DoAsync(Caller caller, string id, CaseSignal signal) =>
        Accepted(await TryAsync(caller, id, signal));

    /// <summary>A case from breakdown to verified, eight events and a comment.</summary>
    public async Task<CaseRow> ClosedAsync()
    {
        var id = (await OpenAsync()).Id;
        await DoAsync(Operator, id, Take("take"));
        await DoAsync(Operator, id, Take("repair", """{"cause":"bearing","action":"换轴承"}"""));
        await DoAsync(Operator, id, new AddComment("备件已用完"));
        return await DoAsync(Engineer, id, Take("verify"));
    }

    /// <summary>Everything anew over the same file, as after a restart.</summary>
    public void Restart()
    {
        Cases.Dispose();
        Database.Dispose();
        Database = new Database(File);
        Cases = new CaseStore(Database, Packs, Parties, Regions, CalendarsOf(Database, Parties, Regions, Time), Time);
    }

    /// <summary>Compares all that is there, also what moved on just now.</summary>
    public CaseVerdict Verify()
    {
        Cases.CatchUp();
        return CaseVerification.Run(Database);
    }

    public IReadOnlyList<string> Kinds(string id) =>
        Database.Read(store => store.Query<string>("SELECT kind FROM case_event WHERE case_id = @id ORDER BY seq", new { id }).AsList());

    /// <summary>Changes the store as one would who has the file and knows SQL.</summary>
    public void Tamper(string sql, object? parameters = null) => Database.Write((store, transaction) =>
    {
        store.Execute(
            "DROP TRIGGER IF EXISTS case_event_appended; DROP TRIGGER IF EXISTS case_event_kept; DROP TRIGGER IF EXISTS case_event_erased;",
            transaction: transaction);
        Assert.NotEqual(0, store.Execute(sql, parameters, transaction));
    });

    public static CaseRow Accepted(CaseOutcome outcome)
    {
        Assert.Null(outcome.Refusal);
        return outcome.Row!;
    }

    public void Dispose()
    {
        Cases.Dispose();
        Database.Dispose();
        System.IO.Directory.Delete(folder, true);
    }
}
