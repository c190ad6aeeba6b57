using System.Collections.Concurrent;
using System.Text.Json;
using Dapper;
using Jingwei.Server.Access;

namespace Jingwei.Server.Notifications.Deciding;

/// <summary>How each user wants to be told; in memory, stored before it is seen.</summary>
internal sealed class SettingsBook
{
    private readonly Database database;
    private readonly Parties parties;
    private readonly ConcurrentDictionary<string, (NotificationSettings Settings, long Version)> all;
    private readonly Lock gate = new();

    public SettingsBook(NotificationTables tables, Parties parties)
    {
        (database, this.parties) = (tables.Database, parties);
        all = new(
            database.Read(store => store.Query<(string Person, long Version, string Body)>("SELECT person, version, body FROM notification_settings").AsList())
                .Select(row => KeyValuePair.Create(row.Person, (JsonSerializer.Deserialize<NotificationSettings>(row.Body)!, row.Version))),
            StringComparer.Ordinal);
    }

    /// <summary>Those of a user with their version; 0 while he has set nothing.</summary>
    public (NotificationSettings Settings, long Version) Of(string user) => all.GetValueOrDefault(user, (NotificationSettings.Default, 0));

    public TimeZoneInfo ZoneOf(User user) =>
        Of(user.Id).Settings.Zone is { } zone && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) ? found : parties.ZoneOf(user.Party);

    /// <summary>Writes a user's settings; null when they are not of that version any more.</summary>
    public long? Save(string user, NotificationSettings settings, long? version)
    {
        lock (gate)
        {
            var next = Of(user).Version + 1;
            if (version is not null && version != next - 1)
            {
                return null;
            }

            database.Write((store, transaction) => store.Execute(
                "INSERT INTO notification_settings (person, version, body) VALUES (@user, @next, @body) ON CONFLICT (person) DO UPDATE SET version = @next, body = @body",
                new { user, next, body = JsonSerializer.Serialize(settings) },
                transaction));
            all[user] = (settings, next);
            return next;
        }
    }
}
