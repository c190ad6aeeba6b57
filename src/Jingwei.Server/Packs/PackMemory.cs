using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization;
using Dapper;
using Jingwei.Server.Packs.Model;

namespace Jingwei.Server.Packs;

/// <summary>
/// Keeps what packs declared for types and cases after they are gone: their things, readings and cases stay, and are shown by it. Written
/// whenever packs come into force.
/// </summary>
public sealed class PackMemory
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    private readonly Database database;
    private readonly ConcurrentDictionary<string, ThingType> types = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, CaseTypeNames> cases = new(StringComparer.Ordinal);

    public PackMemory(Database database, PackCatalog catalog)
    {
        this.database = database;
        database.Migrate("packs.memory", "CREATE TABLE pack_memory (kind TEXT NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (kind, id))");
        foreach (var (kind, id, body) in database.Read(store => store.Query<(string, string, string)>("SELECT kind, id, body FROM pack_memory").AsList()))
        {
            if (kind == "type")
            {
                types[id] = JsonSerializer.Deserialize<ThingType>(body, Json)!;
            }
            else
            {
                cases[id] = JsonSerializer.Deserialize<CaseTypeNames>(body, Json)!;
            }
        }

        catalog.Follow(this);
    }

    /// <summary>Notes what a set declares, and gives it what packs that are gone declared.</summary>
    internal void Remember(PackSet set)
    {
        var news = new List<(string Kind, string Id, string Body)>();
        foreach (var type in set.Types)
        {
            Note("type", type.Id, type, types);
        }

        foreach (var type in set.Packs.SelectMany(pack => pack.Cases))
        {
            Note("case", type.Id, new CaseTypeNames(type.Name, type.States.ToDictionary(state => state.Id, state => state.Name)), cases);
        }

        if (news.Count > 0)
        {
            database.Write((store, transaction) => store.Execute(
                "INSERT INTO pack_memory (kind, id, body) VALUES (@Kind, @Id, @Body) ON CONFLICT (kind, id) DO UPDATE SET body = excluded.body",
                news.Select(each => new { each.Kind, each.Id, each.Body }), transaction));
        }

        set.Retired = RetiredPacks.Of(types.Values.Where(type => set.Type(type.Id) is null), cases.Where(each => set.CaseType(each.Key) is null));

        void Note<T>(string kind, string id, T value, ConcurrentDictionary<string, T> known)
        {
            var body = JsonSerializer.Serialize(value, Json);
            if (!known.TryGetValue(id, out var before) || JsonSerializer.Serialize(before, Json) != body)
            {
                news.Add((kind, id, body));
            }

            known[id] = value;
        }
    }
}
