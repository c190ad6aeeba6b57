using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Dapper;
using Jingwei.Server.Access;

namespace Jingwei.Server.Notifications.Duty;

/// <summary>Which lines of logs, or hand-overs, are asked for; what is null does not narrow it.</summary>
internal sealed record DutyFilter(string? Party, string? Region, DateTimeOffset? From, DateTimeOffset? To, string? Case = null, bool? Open = null, string? Person = null);

/// <summary>Duty logs and hand-overs. Like the audit they only grow: the store itself refuses to change or remove a row.</summary>
internal sealed class DutyLog(NotificationTables tables, Parties parties, Regions regions, Users users, TimeProvider clock)
{
    public const string Schema =
        """
        CREATE TABLE duty_entry (
            id INTEGER PRIMARY KEY AUTOINCREMENT, party TEXT NOT NULL, region TEXT NOT NULL, at BIGINT NOT NULL, author TEXT NOT NULL, text TEXT NOT NULL, case_id TEXT);
        CREATE INDEX duty_entry_place ON duty_entry (party, region, id);
        CREATE TABLE duty_handover (
            id INTEGER PRIMARY KEY AUTOINCREMENT, party TEXT NOT NULL, region TEXT NOT NULL, giver TEXT NOT NULL, taker TEXT NOT NULL, at BIGINT NOT NULL, since BIGINT NOT NULL,
            remark TEXT, pass INTEGER NOT NULL, cases BIGINT NOT NULL, late BIGINT NOT NULL, entries BIGINT NOT NULL, snapshot TEXT NOT NULL);
        CREATE INDEX duty_handover_place ON duty_handover (party, region, id);
        CREATE TABLE duty_answer (handover INTEGER PRIMARY KEY REFERENCES duty_handover (id), accepted INTEGER NOT NULL, at BIGINT NOT NULL, remark TEXT);
        CREATE TRIGGER duty_entry_stays BEFORE DELETE ON duty_entry BEGIN SELECT RAISE(ABORT, 'The duty log only grows.'); END;
        CREATE TRIGGER duty_entry_stands BEFORE UPDATE ON duty_entry BEGIN SELECT RAISE(ABORT, 'The duty log only grows.'); END;
        CREATE TRIGGER duty_handover_stays BEFORE DELETE ON duty_handover BEGIN SELECT RAISE(ABORT, 'Hand-overs only grow.'); END;
        CREATE TRIGGER duty_handover_stands BEFORE UPDATE ON duty_handover BEGIN SELECT RAISE(ABORT, 'Hand-overs only grow.'); END;
        CREATE TRIGGER duty_answer_stays BEFORE DELETE ON duty_answer BEGIN SELECT RAISE(ABORT, 'Hand-overs only grow.'); END;
        CREATE TRIGGER duty_answer_stands BEFORE UPDATE ON duty_answer BEGIN SELECT RAISE(ABORT, 'Hand-overs only grow.'); END;
        """;

    private const string Handovers =
        """
        SELECT h.id, party, region, giver, taker, h.at, since, h.remark, pass, cases, late, entries, accepted, a.at AS Answered, a.remark AS Answer
        FROM duty_handover h LEFT JOIN duty_answer a ON a.handover = h.id
        """;

    private const string Narrowed =
        """
        (@before IS NULL OR id < @before) AND (@from IS NULL OR at >= @from) AND (@to IS NULL OR at < @to)
            AND (@scopes IS NULL OR party || '/' || region IN (SELECT value FROM json_each(@scopes)))
        """;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>New lines of the log, once they are on disk.</summary>
    public Feed<DutyEntry> Entries { get; } = new();

    /// <summary>Hand-overs that are new or answered, once that is on disk.</summary>
    public Feed<Handover> Changes { get; } = new();

    public Scope ScopeOf(string party, string region) => new(parties.PathOf(party), regions.PathOf(region));

    public async Task<DutyEntry> AddAsync(string party, string region, string author, string text, string? about, CancellationToken cancellation)
    {
        var at = Millis(clock.GetUtcNow());
        var id = tables.Database.Write((store, transaction) => store.ExecuteScalar<long>(
            "INSERT INTO duty_entry (party, region, at, author, text, case_id) VALUES (@party, @region, @at, @author, @text, @about) RETURNING id",
            new { party, region, at, author, text, about },
            transaction));
        var entry = Entry(new(id, party, region, at, author, text, about));
        await Entries.PublishAsync(entry, cancellation);
        return entry;
    }

    /// <summary>Lines of the logs that the caller may see, newest first.</summary>
    public Page<DutyEntry> List(Caller caller, DutyFilter filter, PageRequest page) => Cut(
        tables.Database.Read(store => store.Query<EntryRow>(
            $"SELECT id, party, region, at, author, text, case_id AS About FROM duty_entry WHERE {Narrowed} AND (@about IS NULL OR case_id = @about) ORDER BY id DESC LIMIT @limit",
            Parameters(caller, "duty_entry", filter, page)).AsList()).ConvertAll(Entry),
        entry => entry.Id,
        page);

    /// <summary>Hand-overs that the caller may see, newest first.</summary>
    public Page<Handover> ListHandovers(Caller caller, DutyFilter filter, PageRequest page) => Cut(
        tables.Database.Read(store => store.Query<HandoverRow>(
            $"""
            SELECT * FROM ({Handovers}) WHERE {Narrowed} AND (@open IS NULL OR (accepted IS NULL) = @open) AND (@person IS NULL OR giver = @person OR taker = @person)
            ORDER BY id DESC LIMIT @limit
            """,
            Parameters(caller, "duty_handover", filter, page)).AsList()).ConvertAll(Of),
        handover => handover.Id,
        page);

    /// <summary>When the duty of a place was handed over last; null: never.</summary>
    public DateTimeOffset? LastHandover(string party, string region) => tables.Database.Read(store => store.ExecuteScalar<long?>(
        "SELECT max(at) FROM duty_handover WHERE party = @party AND region = @region", new { party, region })) is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;

    public HandoverDetail? Find(Caller caller, long id)
    {
        var row = tables.Database.Read(store => store.QuerySingleOrDefault<HandoverRow>($"{Handovers} WHERE h.id = @id", new { id }));
        if (row is null || !caller.May(Right.View, ScopeOf(row.Party, row.Region)))
        {
            return null;
        }

        var snapshot = tables.Database.Read(store => store.ExecuteScalar<string>("SELECT snapshot FROM duty_handover WHERE id = @id", new { id }));
        return new(Of(row), JsonSerializer.Deserialize<HandoverSnapshot>(snapshot!, Json)!);
    }

    public async Task<HandoverDetail> HandOverAsync(Handover made, HandoverSnapshot snapshot, CancellationToken cancellation)
    {
        var id = tables.Database.Write((store, transaction) => store.ExecuteScalar<long>(
            """
            INSERT INTO duty_handover (party, region, giver, taker, at, since, remark, pass, cases, late, entries, snapshot)
            VALUES (@Party, @Region, @From, @To, @at, @since, @Remark, @PassCases, @Cases, @Late, @Entries, @snapshot) RETURNING id
            """,
            new
            {
                made.Party,
                made.Region,
                made.From,
                made.To,
                at = Millis(made.At),
                since = Millis(made.Since),
                made.Remark,
                made.PassCases,
                made.Cases,
                made.Late,
                made.Entries,
                snapshot = JsonSerializer.Serialize(snapshot, Json),
            },
            transaction));
        var kept = made with { Id = id };
        await Changes.PublishAsync(kept, cancellation);
        return new(kept, snapshot);
    }

    /// <summary>Accepts a hand-over or objects to it; null when somebody has done so already.</summary>
    public async Task<Handover?> AnswerAsync(Handover handover, bool accepted, string? remark, CancellationToken cancellation)
    {
        var at = clock.GetUtcNow();
        var isFirst = tables.Database.Write((store, transaction) => store.Execute(
            "INSERT INTO duty_answer (handover, accepted, at, remark) VALUES (@Id, @accepted, @at, @remark) ON CONFLICT DO NOTHING",
            new { handover.Id, accepted, at = Millis(at), remark },
            transaction)) > 0;
        if (!isFirst)
        {
            return null;
        }

        var answered = handover with { State = accepted ? HandoverState.Accepted : HandoverState.Objected, AnsweredAt = at, AnswerRemark = remark };
        await Changes.PublishAsync(answered, cancellation);
        return answered;
    }

    private static long Millis(DateTimeOffset time) => time.ToUnixTimeMilliseconds();

    private static Page<T> Cut<T>(List<T> items, Func<T, long> key, PageRequest page)
    {
        if (items.Count <= page.Limit)
        {
            return new(items, null);
        }

        items.RemoveAt(page.Limit);
        return new(items, PageRequest.Encode(key(items[^1]).ToString(CultureInfo.InvariantCulture)));
    }

    private object Parameters(Caller caller, string table, DutyFilter filter, PageRequest page)
    {
        // Few, where lines are many.
        var places = tables.Database.Read(store => store.Query<(string Party, string Region)>($"SELECT DISTINCT party, region FROM {table}").AsList());
        var seen = places.Where(place => Shows(caller, ScopeOf(place.Party, place.Region), filter)).Select(place => $"{place.Party}/{place.Region}");
        return new
        {
            scopes = JsonSerializer.Serialize(seen),
            before = long.TryParse(page.After, CultureInfo.InvariantCulture, out var before) ? before : (long?)null,
            from = filter.From?.ToUnixTimeMilliseconds(),
            to = filter.To?.ToUnixTimeMilliseconds(),
            about = filter.Case,
            open = filter.Open,
            person = filter.Person,
            limit = page.Limit + 1,
        };
    }

    private static bool Shows(Caller caller, Scope scope, DutyFilter filter) =>
        caller.May(Right.View, scope) && (filter.Party is not { } party || scope.PartyPath.Covers(party)) && (filter.Region is not { } region || scope.RegionPath.Covers(region));

    private string NameOf(string user) => users.Find(user)?.Name ?? user;

    private DutyEntry Entry(EntryRow row) =>
        new(row.Id, row.Party, row.Region, DateTimeOffset.FromUnixTimeMilliseconds(row.At), row.Author, NameOf(row.Author), row.Text, row.About);

    private Handover Of(HandoverRow row) => new(
        row.Id, row.Party, row.Region, row.Giver, NameOf(row.Giver), row.Taker, NameOf(row.Taker), DateTimeOffset.FromUnixTimeMilliseconds(row.At),
        DateTimeOffset.FromUnixTimeMilliseconds(row.Since), row.Remark, row.Pass != 0,
        row.Accepted switch { null => HandoverState.Open, 0 => HandoverState.Objected, _ => HandoverState.Accepted },
        row.Answered is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null, row.Answer, row.Cases, row.Late, row.Entries);

    private sealed record EntryRow(long Id, string Party, string Region, long At, string Author, string Text, string? About);

    private sealed record HandoverRow(
        long Id, string Party, string Region, string Giver, string Taker, long At, long Since, string? Remark, long Pass, long Cases, long Late, long Entries,
        long? Accepted, long? Answered, string? Answer);
}
