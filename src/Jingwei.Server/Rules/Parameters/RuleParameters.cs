using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using Dapper;

namespace Jingwei.Server.Rules.Parameters;

/// <summary>Values of a rule's parameters for one thing, instead of those that the rule declares.</summary>
/// <param name="Values">By the parameter's id; those that are not here have their default.</param>
/// <param name="By">Who set them.</param>
public sealed record OwnParameters(string Rule, string Thing, ImmutableDictionary<string, double> Values, string Why, string By, DateTimeOffset At);

/// <summary>Things whose thresholds are their own: in memory, stored before they are used.</summary>
public sealed class RuleParameters
{
    private readonly Database database;
    private readonly Lock gate = new();
    private readonly ConcurrentDictionary<(string Rule, string Thing), OwnParameters> all;
    private int changes;

    public RuleParameters(Database database)
    {
        this.database = database;
        database.Migrate(
            "rules.parameters",
            """
            CREATE TABLE rule_parameters (
                rule TEXT NOT NULL, thing TEXT NOT NULL, body TEXT NOT NULL, why TEXT NOT NULL, set_by TEXT NOT NULL, set_ms BIGINT NOT NULL, PRIMARY KEY (rule, thing))
            """);
        all = new(database.Read(store => store.Query<Row>("SELECT rule, thing, body, why, set_by AS SetBy, set_ms AS SetMs FROM rule_parameters").AsList())
            .Select(row => row.ToOwn()).Select(own => KeyValuePair.Create((own.Rule, own.Thing), own)));
    }

    /// <summary>Another number after each change.</summary>
    public int ChangeCount => Volatile.Read(ref changes);

    public ICollection<OwnParameters> All => all.Values;

    public OwnParameters? Of(string rule, string thing) => all.GetValueOrDefault((rule, thing));

    public void Set(OwnParameters own)
    {
        lock (gate)
        {
            database.Write((store, transaction) => store.Execute(
                """
                INSERT INTO rule_parameters (rule, thing, body, why, set_by, set_ms) VALUES (@Rule, @Thing, @body, @Why, @By, @at)
                ON CONFLICT (rule, thing) DO UPDATE SET body = excluded.body, why = excluded.why, set_by = excluded.set_by, set_ms = excluded.set_ms
                """,
                new { own.Rule, own.Thing, body = JsonSerializer.Serialize(own.Values), own.Why, own.By, at = own.At.ToUnixTimeMilliseconds() },
                transaction));
            all[(own.Rule, own.Thing)] = own;
            Interlocked.Increment(ref changes);
        }
    }

    /// <summary>Back to what the rule declares.</summary>
    public void Remove(string rule, string thing)
    {
        lock (gate)
        {
            database.Write((store, transaction) =>
                store.Execute("DELETE FROM rule_parameters WHERE rule = @rule AND thing = @thing", new { rule, thing }, transaction));
            all.TryRemove((rule, thing), out _);
            Interlocked.Increment(ref changes);
        }
    }

    private sealed record Row(string Rule, string Thing, string Body, string Why, string SetBy, long SetMs)
    {
        public OwnParameters ToOwn() => new(
            Rule, Thing, JsonSerializer.Deserialize<ImmutableDictionary<string, double>>(Body)!, Why, SetBy, DateTimeOffset.FromUnixTimeMilliseconds(SetMs));
    }
}
