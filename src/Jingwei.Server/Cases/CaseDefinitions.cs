using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Dapper;
using Jingwei.Server.Packs;
using Jingwei.Server.Packs.Model;

namespace Jingwei.Server.Cases;

/// <summary>A version of a case type that cases were opened by.</summary>
/// <param name="Digest">SHA-256 of its content in lower-case hexadecimal.</param>
/// <param name="FirstUsed">When the first case by it was opened or migrated to it; null: not yet.</param>
public sealed record CaseDefinition(string Digest, string Type, DateTimeOffset? FirstUsed, CaseType Content);

/// <summary>
/// Every version of a case type that a case went by. A case ends by the version that it began with, also when packs change or go,
/// unless somebody migrates it.
/// </summary>
public sealed class CaseDefinitions
{
    public const string Schema =
        """
        CREATE TABLE case_definition (digest TEXT PRIMARY KEY, type TEXT NOT NULL, first_used INTEGER NOT NULL, content TEXT NOT NULL);
        CREATE TRIGGER case_definition_stays BEFORE DELETE ON case_definition BEGIN SELECT raise(ABORT, 'case_definition keeps every row'); END;
        CREATE TRIGGER case_definition_stands BEFORE UPDATE ON case_definition BEGIN SELECT raise(ABORT, 'case_definition keeps every row'); END;
        """;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    // Types live as long as the snapshot of packs that they are of, and their digests with them.
    private static readonly ConditionalWeakTable<CaseType, string> Digests = [];

    private readonly PackCatalog packs;
    private readonly ConcurrentDictionary<string, CaseDefinition> known;

    // Those that are on disk for sure.
    private readonly ConcurrentDictionary<string, bool> stored;

    public CaseDefinitions(Database database, PackCatalog packs)
    {
        this.packs = packs;
        database.Migrate("cases.definitions", Schema);
        known = new(database.Read(store => store.Query<Row>("SELECT digest, type, first_used AS FirstUsed, content FROM case_definition"))
            .Select(row => KeyValuePair.Create(row.Digest, row.Definition)), StringComparer.Ordinal);
        stored = new(known.Keys.Select(digest => KeyValuePair.Create(digest, true)), StringComparer.Ordinal);
    }

    /// <summary>What a type says, in short: two types with the same one say the same.</summary>
    public static string DigestOf(CaseType type) => Digests.GetValue(type, static each =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(each, Json))));

    /// <summary>The version that a case goes by; null when it is not known any more.</summary>
    /// <param name="definition">Null for a case of before versions were kept: it goes by the type as it is now.</param>
    public CaseType? Of(string type, string? definition) => definition is null
        ? packs.Current.CaseType(type)
        : known.TryGetValue(definition, out var kept) ? kept.Content : Current(type, definition);

    /// <summary>A version by its digest: one that was used, or the one that is installed.</summary>
    public CaseType? Find(string type, string digest) => Of(type, digest) is { } found && found.Id == type ? found : null;

    /// <summary>The versions of a type that were used, oldest first, and the one that is installed.</summary>
    public IReadOnlyList<CaseDefinition> All(string type)
    {
        var used = known.Values.Where(each => each.Type == type).OrderBy(each => each.FirstUsed).ToList();
        if (packs.Current.CaseType(type) is { } now && used.TrueForAll(each => each.Digest != DigestOf(now)))
        {
            used.Add(new(DigestOf(now), type, null, now));
        }

        return used;
    }

    /// <summary>Keeps the version that a case goes by from now on, in the transaction that makes it so.</summary>
    internal void Keep(CaseType type, CaseBatch batch, DateTimeOffset now)
    {
        var digest = DigestOf(type);
        known.TryAdd(digest, new(digest, type.Id, now, type));
        if (stored.ContainsKey(digest))
        {
            return;
        }

        batch.Store.Execute(
            "INSERT INTO case_definition (digest, type, first_used, content) VALUES (@Digest, @Type, @FirstUsed, @Content) ON CONFLICT DO NOTHING",
            new Row(digest, type.Id, CaseTime.Of(now), JsonSerializer.Serialize(type, Json)),
            batch.Transaction);
        batch.Afterwards(() => stored.TryAdd(digest, true));
    }

    private CaseType? Current(string type, string definition) =>
        packs.Current.CaseType(type) is { } now && DigestOf(now) == definition ? now : null;

    private sealed record Row(string Digest, string Type, long FirstUsed, string Content)
    {
        public CaseDefinition Definition =>
            new(Digest, Type, CaseTime.Of(FirstUsed), JsonSerializer.Deserialize<CaseType>(Content, Json)!);
    }
}
