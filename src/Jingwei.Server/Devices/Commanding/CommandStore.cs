using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Jingwei.Server.Devices.Commanding;

/// <summary>Commands in the database: what was asked for, how far it came, and what the thing said. Each change is on disk before it is acted on.</summary>
internal sealed class CommandStore
{
    private readonly Database database;
    private readonly TimeProvider clock;

    public CommandStore(Database database, TimeProvider clock)
    {
        (this.database, this.clock) = (database, clock);
        database.Migrate(
            "devices.commands",
            """
            CREATE TABLE command (
                id TEXT PRIMARY KEY, thing TEXT NOT NULL, command TEXT NOT NULL, parameters TEXT, reply TEXT, at INTEGER NOT NULL,
                by TEXT NOT NULL, answered INTEGER);
            CREATE INDEX command_by_thing ON command (thing, id);
            """,
            """
            ALTER TABLE command ADD COLUMN number INTEGER;
            CREATE UNIQUE INDEX command_by_number ON command (thing, number);
            """,
            """
            ALTER TABLE command ADD COLUMN status TEXT;
            ALTER TABLE command ADD COLUMN attempts INTEGER NOT NULL DEFAULT 0;
            ALTER TABLE command ADD COLUMN due BIGINT;
            ALTER TABLE command ADD COLUMN within BIGINT;
            ALTER TABLE command ADD COLUMN retries INTEGER;
            ALTER TABLE command ADD COLUMN confirmed_by TEXT;
            ALTER TABLE command ADD COLUMN batch TEXT;
            CREATE INDEX command_due ON command (due) WHERE status IN ('Unconfirmed', 'Waiting', 'Sent');
            CREATE INDEX command_batch_of ON command (batch, id) WHERE batch IS NOT NULL;
            CREATE TABLE command_batch (id TEXT PRIMARY KEY, command TEXT NOT NULL, parameters TEXT, at BIGINT NOT NULL, by TEXT NOT NULL);
            """);
    }

    /// <summary>Writes a command; its number is told.</summary>
    public CommandRow Add(CommandRow row) => database.Write((store, transaction) => Add(store, transaction, row));

    /// <summary>Writes a batch with all its commands.</summary>
    public void AddBatch(string id, string command, string? parameters, string by, IEnumerable<CommandRow> rows) => database.Write((store, transaction) =>
    {
        store.Execute(
            "INSERT INTO command_batch (id, command, parameters, at, by) VALUES (@id, @command, @parameters, @now, @by)", new { id, command, parameters, now = Now, by }, transaction);
        foreach (var row in rows)
        {
            Add(store, transaction, row);
        }
    });

    public CommandRow? Find(string id) => database.Read(store => store.QuerySingleOrDefault<CommandRow>("SELECT * FROM command WHERE id = @id", new { id }));

    public IReadOnlyList<CommandRow> List(string thing, string? before, int limit) => database.Read(store => store.Query<CommandRow>(
        "SELECT * FROM command WHERE thing = @thing AND (@before IS NULL OR id < @before) ORDER BY id DESC LIMIT @limit", new { thing, before, limit }).AsList());

    public IReadOnlyList<CommandRow> OfBatch(string batch, string? after, int limit) => database.Read(store => store.Query<CommandRow>(
        "SELECT * FROM command WHERE batch = @batch AND (@after IS NULL OR id > @after) ORDER BY id LIMIT @limit", new { batch, after, limit }).AsList());

    /// <summary>Those that something is to be done with now, longest due first.</summary>
    public IReadOnlyList<CommandRow> Due(int limit) => database.Read(store => store.Query<CommandRow>(
        "SELECT * FROM command WHERE status IN ('Unconfirmed', 'Waiting', 'Sent') AND due <= @now ORDER BY due, id LIMIT @limit", new { now = Now, limit }).AsList());

    public DateTimeOffset? NextDue() => database.Read(store =>
        store.ExecuteScalar<long?>("SELECT min(due) FROM command WHERE status IN ('Unconfirmed', 'Waiting', 'Sent')")) is { } due
            ? DateTimeOffset.FromUnixTimeMilliseconds(due)
            : null;

    /// <summary>Moves a command on from one status; false when it stands there no more.</summary>
    public bool Move(CommandRow row, CommandStatus to, long? due, long attempts, string? confirmedBy = null) => database.Write((store, transaction) => store.Execute(
        """
        UPDATE command SET status = @next, due = @due, attempts = @attempts, confirmed_by = coalesce(@confirmedBy, confirmed_by)
        WHERE id = @Id AND status = @Status AND attempts = @before AND reply IS NULL
        """,
        new { next = to.ToString(), due, attempts, confirmedBy, row.Id, row.Status, before = row.Attempts },
        transaction)) == 1;

    /// <summary>Confirms, or takes back, what of a batch was not sent.</summary>
    public void MoveBatch(string batch, CommandStatus to, string? confirmedBy, params IEnumerable<CommandStatus> from) => database.Write((store, transaction) => store.Execute(
        """
        UPDATE command SET status = @status, due = @due, confirmed_by = coalesce(@confirmedBy, confirmed_by)
        WHERE batch = @batch AND status IN (SELECT value FROM json_each(@from))
        """,
        new
        {
            status = to.ToString(),
            due = to == CommandStatus.Waiting ? Now : (long?)null,
            confirmedBy,
            batch,
            from = System.Text.Json.JsonSerializer.Serialize(from.Select(each => each.ToString())),
        },
        transaction));

    /// <summary>Keeps a thing's answer; false when none is waited for, or it is there already.</summary>
    public bool Answer(string thing, string? id, long? number, string reply) => database.Write((store, transaction) => store.Execute(
        """
        UPDATE command SET reply = @reply, answered = @now, status = 'Answered', due = NULL
        WHERE thing = @thing AND (id = @id OR number = @number) AND reply IS NULL AND (status IS NULL OR status IN ('Sent', 'Timeout'))
        """,
        new { reply, now = Now, id, number, thing },
        transaction)) == 1;

    public BatchRow? FindBatch(string id) => database.Read(store => store.QuerySingleOrDefault<BatchRow>($"{Batches} WHERE b.id = @id", new { id }));

    public IReadOnlyList<BatchRow> ListBatches(string? by, string? before, int limit) => database.Read(store => store.Query<BatchRow>(
        $"{Batches} WHERE (@by IS NULL OR b.by = @by) AND (@before IS NULL OR b.id < @before) ORDER BY b.id DESC LIMIT @limit", new { by, before, limit }).AsList());

    private const string Batches =
        """
        SELECT b.id, b.command, b.parameters, b.at, b.by,
            (SELECT count(*) FROM command c WHERE c.batch = b.id) AS total,
            (SELECT count(*) FROM command c WHERE c.batch = b.id AND c.status = 'Unconfirmed') AS unconfirmed,
            (SELECT count(*) FROM command c WHERE c.batch = b.id AND c.status = 'Waiting') AS waiting,
            (SELECT count(*) FROM command c WHERE c.batch = b.id AND c.status = 'Sent') AS sent,
            (SELECT count(*) FROM command c WHERE c.batch = b.id AND c.status = 'Answered') AS answered,
            (SELECT count(*) FROM command c WHERE c.batch = b.id AND c.status = 'Timeout') AS timeout,
            (SELECT count(*) FROM command c WHERE c.batch = b.id AND c.status = 'Canceled') AS canceled
        FROM command_batch b
        """;

    private static CommandRow Add(SqliteConnection store, SqliteTransaction transaction, CommandRow row) => row with
    {
        Number = store.ExecuteScalar<long>(
            """
            INSERT INTO command (id, thing, command, parameters, at, by, number, status, attempts, due, within, retries, batch)
            SELECT @Id, @Thing, @Command, @Parameters, @At, @By, ifnull(max(number), 0) + 1, @Status, @Attempts, @Due, @Within, @Retries, @Batch
            FROM command WHERE thing = @Thing
            RETURNING number
            """,
            row,
            transaction),
    };

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();
}

/// <summary>A batch with how many of its commands stand where.</summary>
internal sealed record BatchRow(
    string Id, string Command, string? Parameters, long At, string By, long Total, long Unconfirmed, long Waiting, long Sent, long Answered, long Timeout, long Canceled)
{
    public CommandBatch ToBatch() => new(
        Id, Command, Parameters is null ? null : JsonNode.Parse(Parameters), DateTimeOffset.FromUnixTimeMilliseconds(At), By, Total, Unconfirmed, Waiting, Sent, Answered, Timeout, Canceled);
}

/// <summary>The same command to many things, and how many of them stand where.</summary>
public sealed record CommandBatch(
    string Id, string Command, JsonNode? Parameters, DateTimeOffset At, string By, long Total, long Unconfirmed, long Waiting, long Sent, long Answered, long Timeout, long Canceled);
