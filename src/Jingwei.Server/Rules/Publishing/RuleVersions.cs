using System.Collections.Immutable;
using System.Text.Json;
using Dapper;
using Jingwei.Server.Packs;
using Jingwei.Server.Packs.Model;

namespace Jingwei.Server.Rules.Publishing;

/// <summary>What somebody published of a rule that a pack declares.</summary>
/// <param name="Number">From 1 on, for each rule apart.</param>
/// <param name="Definition">Null: as the pack has it.</param>
/// <param name="Why">The reason, for who comes after.</param>
/// <param name="RestoredFrom">The version whose words these are again; null for new ones.</param>
public sealed record RuleVersion(string Rule, long Number, RuleDefinition? Definition, string Why, string By, DateTimeOffset At, long? RestoredFrom);

/// <summary>The rules that were changed here, over what their packs declare: the last version of each holds. Only grows.</summary>
public sealed class RuleVersions
{
    private readonly Database database;
    private readonly PackCatalog packs;
    private readonly Lock gate = new();
    private ImmutableDictionary<string, RuleVersion> newest;

    public RuleVersions(Database database, PackCatalog packs)
    {
        (this.database, this.packs) = (database, packs);
        database.Migrate(
            "rules.versions",
            """
            CREATE TABLE rule_version (
                rule TEXT NOT NULL, number BIGINT NOT NULL, body TEXT, why TEXT NOT NULL, made_by TEXT NOT NULL, made_ms BIGINT NOT NULL,
                restored_from BIGINT, PRIMARY KEY (rule, number))
            """);
        newest = Rows("WHERE number = (SELECT MAX(number) FROM rule_version AS later WHERE later.rule = rule_version.rule)", new { })
            .ToImmutableDictionary(version => version.Rule, StringComparer.Ordinal);
        packs.Revise(Put);
    }

    /// <summary>The one that holds; null: the rule is as its pack has it.</summary>
    public RuleVersion? Of(string rule) => newest.GetValueOrDefault(rule);

    /// <summary>Newest first.</summary>
    public IReadOnlyList<RuleVersion> List(string rule, long? before, int limit) => Rows(
        "WHERE rule = @rule AND (@before IS NULL OR number < @before) ORDER BY number DESC LIMIT @limit", new { rule, before, limit });

    public RuleVersion? Find(string rule, long number) => Rows("WHERE rule = @rule AND number = @number", new { rule, number }).FirstOrDefault();

    /// <summary>Stores a version, then puts it in force.</summary>
    /// <param name="after">The version that it changes; 0 for the pack's. Null is answered when another one came between.</param>
    public RuleVersion? Publish(string rule, long after, RuleDefinition? definition, string why, string by, DateTimeOffset at, long? restoredFrom = null)
    {
        RuleVersion added;
        lock (gate)
        {
            if ((Of(rule)?.Number ?? 0) != after)
            {
                return null;
            }

            added = new RuleVersion(rule, after + 1, definition, why, by, at, restoredFrom);
            database.Write((store, transaction) => store.Execute(
                "INSERT INTO rule_version (rule, number, body, why, made_by, made_ms, restored_from) VALUES (@Rule, @Number, @body, @Why, @By, @at, @RestoredFrom)",
                new { added.Rule, added.Number, body = definition is null ? null : JsonSerializer.Serialize(definition), why, by, at = at.ToUnixTimeMilliseconds(), restoredFrom },
                transaction));
            newest = newest.SetItem(rule, added);
        }

        packs.Revise(Put);
        return added;
    }

    // A version that does not fit what the pack has become, such as one over a property that is gone, is left aside; the list of rules says so.
    private PackSet Put(PackSet installed)
    {
        var changed = newest;
        return changed.IsEmpty || !installed.Rules.Any(rule => changed.ContainsKey(rule.Id)) ? installed : new PackSet([.. installed.Packs.Select(pack => pack with
        {
            Rules = [.. pack.Rules.Select(rule =>
                changed.GetValueOrDefault(rule.Id)?.Definition is { } definition && definition.FaultsOver(rule, installed).Count == 0 ? definition.Over(rule) : rule)],
        })])
        { Retired = installed.Retired };
    }

    private List<RuleVersion> Rows(string where, object parameters) => database.Read(store => store
        .Query<Row>($"SELECT rule, number, body, why, made_by AS MadeBy, made_ms AS MadeMs, restored_from AS RestoredFrom FROM rule_version {where}", parameters)
        .Select(row => row.ToVersion())
        .ToList());

    private sealed record Row(string Rule, long Number, string? Body, string Why, string MadeBy, long MadeMs, long? RestoredFrom)
    {
        public RuleVersion ToVersion() => new(
            Rule, Number, Body is null ? null : JsonSerializer.Deserialize<RuleDefinition>(Body), Why, MadeBy, DateTimeOffset.FromUnixTimeMilliseconds(MadeMs), RestoredFrom);
    }
}
