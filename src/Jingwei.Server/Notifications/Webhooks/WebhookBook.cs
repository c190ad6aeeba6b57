using System.Collections.Concurrent;
using System.Text.Json;
using Dapper;
using Jingwei.Server.Access;
using Jingwei.Server.Notifications.Deciding;
using Jingwei.Server.Notifications.Sending;
using Jingwei.Server.Packs;
using Microsoft.Data.Sqlite;

namespace Jingwei.Server.Notifications.Webhooks;

/// <summary>Every webhook, in memory, stored before it is seen.</summary>
internal sealed class WebhookBook
{
    private readonly Database database;
    private readonly Parties parties;
    private readonly Regions regions;
    private readonly PackCatalog packs;
    private readonly ConcurrentDictionary<string, Webhook> all;
    private readonly Lock gate = new();

    public WebhookBook(NotificationTables tables, Parties parties, Regions regions, PackCatalog packs)
    {
        (database, this.parties, this.regions, this.packs) = (tables.Database, parties, regions, packs);
        all = new(
            database.Read(store => store.Query<Row>("SELECT * FROM webhook").AsList()).Select(row => KeyValuePair.Create(row.Id, row.ToWebhook())),
            StringComparer.Ordinal);
    }

    public int Count => all.Count;

    public IEnumerable<Webhook> All => all.Values.OrderBy(webhook => webhook.Id, StringComparer.Ordinal);

    public Webhook? Find(string id) => all.GetValueOrDefault(id);

    public Scope ScopeOf(Webhook webhook) => new(parties.PathOf(webhook.Party), regions.PathOf(webhook.Region));

    /// <summary>Those that are told of an occurrence.</summary>
    public IEnumerable<Webhook> For(Occurrence what)
    {
        var (party, region) = (parties.PathOf(what.Party), regions.PathOf(what.Region));
        return All.Where(webhook => !webhook.Disabled && party.Covers(webhook.Party) && region.Covers(webhook.Region) && webhook.Interest.Fits(what, packs.Current));
    }

    /// <summary>Writes a new webhook or a changed one; null when it is not of the version before any more.</summary>
    public Webhook? Save(Webhook webhook, long before)
    {
        lock (gate)
        {
            if ((Find(webhook.Id)?.Version ?? 0) != before)
            {
                return null;
            }

            var after = webhook with { Version = before + 1 };
            database.Write((store, transaction) => Write(store, transaction, after));
            return all[after.Id] = after;
        }
    }

    /// <summary>Removes it with what waits for it.</summary>
    public void Remove(string id)
    {
        lock (gate)
        {
            database.Write((store, transaction) =>
            {
                store.Execute("DELETE FROM webhook WHERE id = @id", new { id }, transaction);
                store.Execute("DELETE FROM delivery WHERE target = @target", new { target = Delivery.Webhook + id }, transaction);
            });
            all.TryRemove(id, out _);
        }
    }

    private static void Write(SqliteConnection store, SqliteTransaction transaction, Webhook webhook) => store.Execute(
        """
        INSERT INTO webhook (id, name, url, party, region, interest, secret, former, former_until, disabled, version, created)
        VALUES (@Id, @Name, @Url, @Party, @Region, @interest, @Secret, @Former, @until, @disabled, @Version, @created)
        ON CONFLICT (id) DO UPDATE SET name = @Name, url = @Url, party = @Party, region = @Region, interest = @interest, secret = @Secret,
            former = @Former, former_until = @until, disabled = @disabled, version = @Version
        """,
        new
        {
            webhook.Id,
            webhook.Name,
            webhook.Url,
            webhook.Party,
            webhook.Region,
            interest = JsonSerializer.Serialize(webhook.Interest),
            webhook.Secret,
            webhook.Former,
            until = webhook.FormerUntil?.ToUnixTimeMilliseconds(),
            disabled = webhook.Disabled ? 1 : 0,
            webhook.Version,
            created = webhook.Created.ToUnixTimeMilliseconds(),
        },
        transaction);

    private sealed record Row(
        string Id, string Name, string Url, string Party, string Region, string Interest, string Secret, string? Former, long? Former_Until, long Disabled,
        long Version, long Created)
    {
        public Webhook ToWebhook() => new(
            Id, Name, Url, Party, Region, JsonSerializer.Deserialize<Interest>(Interest)!, Secret, Former,
            Former_Until is { } until ? DateTimeOffset.FromUnixTimeMilliseconds(until) : null, Disabled != 0, Version, DateTimeOffset.FromUnixTimeMilliseconds(Created));
    }
}
