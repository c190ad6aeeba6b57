using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using Dapper;
using Jingwei.Server.Access;

namespace Jingwei.Server.Notifications.Rotas;

/// <summary>A rota with what was changed in it.</summary>
internal sealed record KeptRota(Rota Rota, long Version, ImmutableArray<RotaChange> Changes);

/// <summary>Every rota, in memory, stored before it is seen; and who is on call by them.</summary>
internal sealed class RotaBook
{
    /// <summary>Changes kept in one rota; further ones are refused until old ones have gone.</summary>
    public const int MaximumChanges = 1_000;

    // What was changed longer ago explains nothing any more.
    private static readonly TimeSpan ChangeAge = TimeSpan.FromDays(100);

    private readonly Database database;
    private readonly Parties parties;
    private readonly Regions regions;
    private readonly TimeProvider clock;
    private readonly ConcurrentDictionary<string, KeptRota> all;

    // One change at a time, so that memory and store take changes in the same order.
    private readonly Lock gate = new();

    public RotaBook(NotificationTables tables, Parties parties, Regions regions, TimeProvider clock)
    {
        (database, this.parties, this.regions, this.clock) = (tables.Database, parties, regions, clock);
        var changes = database.Read(store => store.Query<ChangeRow>("SELECT * FROM rota_change ORDER BY id").ToLookup(row => row.Rota));
        all = new(
            database.Read(store => store.Query<RotaRow>("SELECT id, version, body FROM rota").AsList())
                .Select(row => KeyValuePair.Create(row.Id, new KeptRota(
                    JsonSerializer.Deserialize<Rota>(row.Body)!, row.Version, [.. changes[row.Id].Select(change => change.ToChange())]))),
            StringComparer.Ordinal);
    }

    public IEnumerable<KeptRota> All => all.Values.OrderBy(kept => kept.Rota.Id, StringComparer.Ordinal);

    public KeptRota? Find(string id) => all.GetValueOrDefault(id);

    public Scope ScopeOf(Rota rota) => new(parties.PathOf(rota.Party), regions.PathOf(rota.Region));

    /// <summary>Who has which shift in a period, with all changes.</summary>
    public IEnumerable<Turn> Turns(KeptRota kept, DateTimeOffset from, DateTimeOffset to) => kept.Rota
        .Turns(from, to, parties.ZoneOf(kept.Rota.Party))
        .SelectMany(turn => turn.With(kept.Changes))
        .Where(turn => turn.To > from && turn.From < to);

    /// <summary>
    /// Who is on call for a party and region at a time: by the nearest rotas that have somebody then. Nearer is a rota of a party further down,
    /// of the same party one of a region further down.
    /// </summary>
    public IReadOnlyList<Turn> OnCall(Scope scope, DateTimeOffset at, Role? role = null)
    {
        var near = all.Values
            .Where(kept => scope.PartyPath.Covers(kept.Rota.Party) && scope.RegionPath.Covers(kept.Rota.Region) && (role is null || kept.Rota.Role == role))
            .GroupBy(kept => ScopeOf(kept.Rota) is var place ? (place.PartyPath.Text.Length, place.RegionPath.Text.Length) : default)
            .OrderByDescending(group => group.Key);
        return near
            .Select(group => group.SelectMany(kept => Turns(kept, at, at.AddTicks(1))).ToList())
            .FirstOrDefault(turns => turns.Any(turn => !turn.People.IsEmpty)) ?? [];
    }

    /// <summary>Writes a rota; null when somebody changed it meanwhile, or it is there already and <paramref name="version"/> is 0.</summary>
    public KeptRota? Save(Rota rota, long? version)
    {
        lock (gate)
        {
            var before = all.GetValueOrDefault(rota.Id);
            if (version is { } seen && seen != (before?.Version ?? 0))
            {
                return null;
            }

            var after = new KeptRota(rota, (before?.Version ?? 0) + 1, before?.Changes ?? []);
            database.Write((store, transaction) => store.Execute(
                "INSERT INTO rota (id, version, body) VALUES (@Id, @Version, @body) ON CONFLICT (id) DO UPDATE SET version = @Version, body = @body",
                new { rota.Id, after.Version, body = JsonSerializer.Serialize(rota) },
                transaction));
            return all[rota.Id] = after;
        }
    }

    public void Remove(string id)
    {
        lock (gate)
        {
            database.Write((store, transaction) => store.Execute("DELETE FROM rota WHERE id = @id", new { id }, transaction));
            all.TryRemove(id, out _);
        }
    }

    /// <summary>Makes changes together; null when there are too many, or no such rota.</summary>
    public IReadOnlyList<RotaChange>? Change(string rota, params IReadOnlyList<RotaChange> changes)
    {
        lock (gate)
        {
            var oldest = clock.GetUtcNow() - ChangeAge;
            if (!all.TryGetValue(rota, out var kept) || kept.Changes.Count(change => change.To > oldest) + changes.Count > MaximumChanges)
            {
                return null;
            }

            var made = database.Write((store, transaction) =>
            {
                store.Execute("DELETE FROM rota_change WHERE rota = @rota AND ends <= @oldest", new { rota, oldest = oldest.ToUnixTimeMilliseconds() }, transaction);
                return changes.Select(change => change with
                {
                    Id = store.ExecuteScalar<long>(
                    """
                    INSERT INTO rota_change (rota, starts, ends, person, instead, made_by, made_at)
                    VALUES (@Rota, @starts, @ends, @Person, @Instead, @By, @now) RETURNING id
                    """,
                    new { change.Rota, starts = change.From.ToUnixTimeMilliseconds(), ends = change.To.ToUnixTimeMilliseconds(), change.Person, change.Instead, change.By, now = clock.GetUtcNow().ToUnixTimeMilliseconds() },
                    transaction)
                }).ToList();
            });
            all[rota] = kept with { Changes = [.. kept.Changes.Where(change => change.To > oldest), .. made] };
            return made;
        }
    }

    /// <summary>Takes a change back; false when there is none such.</summary>
    public bool Undo(string rota, long id)
    {
        lock (gate)
        {
            if (!all.TryGetValue(rota, out var kept) || kept.Changes.All(change => change.Id != id))
            {
                return false;
            }

            database.Write((store, transaction) => store.Execute("DELETE FROM rota_change WHERE id = @id AND rota = @rota", new { id, rota }, transaction));
            all[rota] = kept with { Changes = kept.Changes.RemoveAll(change => change.Id == id) };
            return true;
        }
    }

    private sealed record RotaRow(string Id, long Version, string Body);

    private sealed record ChangeRow(long Id, string Rota, long Starts, long Ends, string Person, string? Instead, string Made_By, long Made_At)
    {
        public RotaChange ToChange() => new(
            Id, Rota, DateTimeOffset.FromUnixTimeMilliseconds(Starts), DateTimeOffset.FromUnixTimeMilliseconds(Ends), Person, Instead, Made_By);
    }
}
