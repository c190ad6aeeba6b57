using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using Dapper;

namespace Jingwei.Server.Access.Agreements;

/// <summary>What happened to an agreement.</summary>
/// <param name="Party">The side that did it.</param>
public sealed record AgreementChange(long Version, DateTimeOffset At, string By, string? Party, AgreementState State, string? Reason);

/// <summary>The agreements between parties, in memory, stored with their history before they are seen.</summary>
public sealed class AgreementBook
{
    private const int SaltBytes = 16;

    // Version and kind of what is committed to: facts and identifiers have others.
    private static readonly byte[] Domain = [0x01, 0x30];

    private readonly Database database;
    private readonly Parties parties;
    private readonly TimeProvider clock;
    private readonly ConcurrentDictionary<string, Agreement> all;

    // One change at a time, so that memory and store take changes in the same order.
    private readonly Lock gate = new();

    // By the party that shows; replaced whole.
    private volatile ILookup<string, Agreement> shown;

    public AgreementBook(Database database, Parties parties, TimeProvider clock)
    {
        (this.database, this.parties, this.clock) = (database, parties, clock);
        database.Migrate(
            "access.agreements",
            """
            CREATE TABLE agreement_change (
                position INTEGER PRIMARY KEY AUTOINCREMENT, agreement TEXT NOT NULL, version INTEGER NOT NULL, party TEXT, salt BLOB NOT NULL, content TEXT NOT NULL,
                UNIQUE (agreement, version));
            CREATE TRIGGER agreement_change_stays BEFORE DELETE ON agreement_change BEGIN SELECT RAISE(ABORT, 'A history only grows.'); END;
            CREATE TRIGGER agreement_change_stands BEFORE UPDATE ON agreement_change BEGIN SELECT RAISE(ABORT, 'A history only grows.'); END;
            """);
        all = new(
            database.Read(store => store.Query<string>(
                "SELECT content FROM agreement_change WHERE version = (SELECT max(version) FROM agreement_change AS newer WHERE newer.agreement = agreement_change.agreement)").AsList())
                .Select(Read).Select(each => KeyValuePair.Create(each.Id, each)),
            StringComparer.Ordinal);
        shown = Shown();
    }

    /// <summary>Raised after a change is on disk, with the agreement as it is then.</summary>
    public event Action<Agreement>? Changed;

    public ICollection<Agreement> All => all.Values;

    public Agreement? Find(string id) => all.GetValueOrDefault(id);

    /// <summary>The agreements that hold by which a party shows something: its own, and those of parties above it.</summary>
    public IEnumerable<Agreement> ShownBy(string party)
    {
        var byParty = shown;
        if (byParty.Count == 0)
        {
            return [];
        }

        var now = clock.GetUtcNow();
        return Above(party).SelectMany(each => byParty[each]).Where(each => each.Holds(now));
    }

    /// <summary>Adds an agreement; null where the two have too many already.</summary>
    public Agreement? Add(Agreement agreement)
    {
        lock (gate)
        {
            var open = all.Values.Count(each => each.From == agreement.From && each.To == agreement.To && each.StateAt(agreement.Created) is AgreementState.Proposed or AgreementState.Accepted);
            return open < AgreementLimits.Together ? Store(agreement, agreement.ProposedBy) : null;
        }
    }

    /// <summary>Takes an agreement to a state; null when the caller has not seen its newest version, or it cannot get there.</summary>
    /// <param name="seen">The version that the caller has seen; null when he takes any.</param>
    /// <param name="party">The side that does it.</param>
    public Agreement? Change(string id, long? seen, AgreementStep step, string by, string party, string? reason)
    {
        lock (gate)
        {
            var at = clock.GetUtcNow();
            return Find(id) is { } now && (seen is null || seen == now.Version) && step.From == now.StateAt(at)
                ? Store(now with { State = step.To, By = by, Reason = reason, Changed = at, Version = now.Version + 1 }, party)
                : null;
        }
    }

    /// <summary>What became of an agreement, oldest first.</summary>
    public IReadOnlyList<AgreementChange> History(string id) =>
        [.. database.Read(store => store.Query<(string? Party, string Content)>("SELECT party, content FROM agreement_change WHERE agreement = @id ORDER BY version", new { id }).AsList())
            .Select(row => (row.Party, Agreement: Read(row.Content)))
            .Select(row => new AgreementChange(row.Agreement.Version, row.Agreement.Changed, row.Agreement.By, row.Party, row.Agreement.State, row.Agreement.Reason))];

    /// <summary>Walks what the ledger follows: the commitments to changes, in their order.</summary>
    public void WalkCommitments(long after, int most, Func<long, byte[], bool> visit)
    {
        foreach (var (position, salt, content) in database.Read(store => store.Query<(long, byte[], string)>(
            "SELECT position, salt, content FROM agreement_change WHERE position > @after ORDER BY position LIMIT @most", new { after, most }).AsList()))
        {
            if (!visit(position, Commit(salt, content)))
            {
                return;
            }
        }
    }

    /// <summary>What opens the commitment to the newest change of an agreement: its place, salt, and what was written.</summary>
    public (long Position, byte[] Salt, string Content) Opening(string id) => database.Read(store => store.QueryFirst<(long, byte[], string)>(
        "SELECT position, salt, content FROM agreement_change WHERE agreement = @id ORDER BY version DESC LIMIT 1", new { id }));

    /// <summary>SHA-256( 01 30 || salt || content ).</summary>
    public static byte[] Commit(byte[] salt, string content)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Domain);
        hash.AppendData(salt);
        hash.AppendData(System.Text.Encoding.UTF8.GetBytes(content));
        return hash.GetHashAndReset();
    }

    private IEnumerable<string> Above(string party)
    {
        for (var each = parties.Find(party); each is not null; each = each.Parent is { } parent ? parties.Find(parent) : null)
        {
            yield return each.Id;
        }
    }

    // Within the gate.
    private Agreement Store(Agreement agreement, string party)
    {
        var content = JsonSerializer.Serialize(agreement, JsonSerializerOptions.Web);
        database.Write((store, transaction) => store.Execute(
            "INSERT INTO agreement_change (agreement, version, party, salt, content) VALUES (@Id, @Version, @party, @salt, @content)",
            new { agreement.Id, agreement.Version, party, salt = RandomNumberGenerator.GetBytes(SaltBytes), content },
            transaction));
        all[agreement.Id] = agreement;
        shown = Shown();
        Changed?.Invoke(agreement);
        return agreement;
    }

    private ILookup<string, Agreement> Shown() => all.Values.Where(each => each.State == AgreementState.Accepted).ToLookup(each => each.From, StringComparer.Ordinal);

    private static Agreement Read(string content) => JsonSerializer.Deserialize<Agreement>(content, JsonSerializerOptions.Web)!;
}
