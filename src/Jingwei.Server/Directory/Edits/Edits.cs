using System.Collections.Concurrent;
using System.Text.Json;
using Dapper;
using Jingwei.Server.Access;

namespace Jingwei.Server.Directory.Edits;

/// <summary>
/// Writes many things, a batch a transaction, and remembers what belonged together so that it can be undone. A server that ends in the middle of
/// one leaves whole batches: the next start marks the edit as interrupted.
/// </summary>
public sealed class Edits
{
    // As many as a person reads; the rest is counted.
    private const int MostFailures = 1_000;

    private readonly Database database;
    private readonly Things things;
    private readonly Users users;
    private readonly TimeProvider clock;
    private readonly ConcurrentDictionary<string, int> running = new(StringComparer.Ordinal);

    public Edits(Database database, Things things, Users users, TimeProvider clock)
    {
        (this.database, this.things, this.users, this.clock) = (database, things, users, clock);
        database.Migrate(
            "directory.edits",
            """
            CREATE TABLE edit (
                id TEXT PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, actor TEXT NOT NULL, at INTEGER NOT NULL, state TEXT NOT NULL,
                total INTEGER NOT NULL, undoes TEXT, failures TEXT NOT NULL DEFAULT '[]')
            """);
        database.Write((store, transaction) => store.Execute(
            "UPDATE edit SET state = @interrupted WHERE state = @running",
            new { interrupted = nameof(EditState.Interrupted), running = nameof(EditState.Running) },
            transaction));
    }

    /// <summary>Told of each step of a longer edit, on the thread that does it; must not block.</summary>
    public event Action<EditItem>? Stepped;

    /// <summary>Edits before <paramref name="before"/>, newest first.</summary>
    /// <param name="actor">Only his; null for all.</param>
    public IReadOnlyList<EditItem> List(string? actor, string? before, int limit) => Items(
        "WHERE (@actor IS NULL OR actor = @actor) AND (@before IS NULL OR id < @before) ORDER BY id DESC LIMIT @limit", new { actor, before, limit });

    public EditItem? Find(string id) => Items("WHERE id = @id", new { id }).FirstOrDefault();

    /// <summary>Ids of the things that undoing this edit has dealt with already.</summary>
    internal HashSet<string> UndoneOf(string id) => database.Read(store => store.Query<string>(
        "SELECT thing FROM thing_change WHERE edit IN (SELECT id FROM edit WHERE undoes = @id)", new { id })).ToHashSet(StringComparer.Ordinal);

    /// <summary>
    /// Writes everything, in order. Ends early, between two batches, when <paramref name="stopping"/> says so; what was written stays.
    /// </summary>
    /// <param name="undoes">The edit that this one undoes; it is marked so at the end.</param>
    public async Task<EditItem> RunAsync(EditKind kind, string name, Caller caller, IReadOnlyList<ThingWrite> writes, string? undoes, CancellationToken stopping)
    {
        var id = Begin(kind, name, caller, writes.Count, undoes);
        var author = new ThingAuthor(caller.Actor, id);
        var failures = new List<EditFailure>();
        var done = 0;
        foreach (var batch in writes.Chunk(Things.BatchSize))
        {
            if (stopping.IsCancellationRequested)
            {
                break;
            }

            var outcomes = await things.WriteAsync(batch, author, CancellationToken.None);
            KillPoint.Reach("edit-batch-written");
            failures.AddRange(outcomes.Zip(batch).Where(pair => pair.First != ThingOutcome.Done).Take(MostFailures - failures.Count).Select(pair => Failure(pair.Second.Thing.Id, pair.First)));
            running[id] = done += batch.Length;
            if (writes.Count > Things.BatchSize && Stepped is { } stepped && Find(id) is { } step)
            {
                stepped(step);
            }
        }

        End(id, done == writes.Count ? EditState.Done : EditState.Interrupted, failures, done == writes.Count ? undoes : null);
        running.TryRemove(id, out _);
        return Find(id)!;
    }

    private string Begin(EditKind kind, string name, Caller caller, int total, string? undoes)
    {
        var now = clock.GetUtcNow();
        var id = Ulid.New(now);
        running[id] = 0;
        database.Write((store, transaction) => store.Execute(
            "INSERT INTO edit (id, kind, name, actor, at, state, total, undoes) VALUES (@id, @kind, @name, @actor, @at, @state, @total, @undoes)",
            new { id, kind = kind.ToString(), name, actor = caller.Actor, at = now.ToUnixTimeMilliseconds(), state = nameof(EditState.Running), total, undoes },
            transaction));
        return id;
    }

    private void End(string id, EditState state, List<EditFailure> failures, string? undone) => database.Write((store, transaction) =>
    {
        store.Execute("UPDATE edit SET state = @state, failures = @failures WHERE id = @id", new { id, state = state.ToString(), failures = JsonSerializer.Serialize(failures) }, transaction);
        store.Execute("UPDATE edit SET state = @state WHERE id = @undone", new { state = nameof(EditState.Undone), undone }, transaction);
    });

    private static EditFailure Failure(string thing, ThingOutcome outcome) => outcome switch
    {
        ThingOutcome.Taken => new(thing, "taken", "The id is, or was, another thing's."),
        ThingOutcome.Cycle => new(thing, "cycle", "It would stand below itself."),
        ThingOutcome.TooDeep => new(thing, "too-deep", $"Things stand within things at most {Things.MaximumDepth} levels deep."),
        ThingOutcome.NotEnabled => new(thing, "pack-disabled", "The pack of its type is not enabled for the party."),
        ThingOutcome.HasChildren => new(thing, "has-children", "Other things are part of it."),
        _ => new(thing, "stale", "Somebody changed or removed it meanwhile."),
    };

    private List<EditItem> Items(string where, object values) => database.Read(store => store.Query<Row>(
        $"""
        SELECT id, kind, name, actor, at, state, total, undoes, failures,
            (SELECT count(*) FROM thing_change AS change WHERE change.edit = edit.id AND deed = 'Made') AS made,
            (SELECT count(*) FROM thing_change AS change WHERE change.edit = edit.id AND deed = 'Changed') AS changed,
            (SELECT count(*) FROM thing_change AS change WHERE change.edit = edit.id AND deed = 'TakenBack') AS takenBack
        FROM edit {where}
        """,
        values)).Select(Item).ToList();

    private EditItem Item(Row row)
    {
        var failures = JsonSerializer.Deserialize<List<EditFailure>>(row.Failures)!;
        var written = (int)(row.Made + row.Changed + row.TakenBack);
        return new(
            row.Id, Enum.Parse<EditKind>(row.Kind), row.Name, row.Actor, users.Find(row.Actor)?.Name, DateTimeOffset.FromUnixTimeMilliseconds(row.At),
            Enum.Parse<EditState>(row.State), (int)row.Total, running.TryGetValue(row.Id, out var done) ? done : Math.Min((int)row.Total, written + failures.Count),
            (int)row.Made, (int)row.Changed, (int)row.TakenBack, row.Undoes, failures);
    }

    private sealed record Row(
        string Id, string Kind, string Name, string Actor, long At, string State, long Total, string? Undoes, string Failures, long Made, long Changed, long TakenBack);
}
