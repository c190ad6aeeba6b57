using System.Collections.Concurrent;
using Dapper;
using Jingwei.Identifiers.Gs1;
using Jingwei.Identifiers.Gs1.Content;
using Jingwei.Identifiers.Gs1.Elements;

namespace Jingwei.Server.Identifiers.CompanyPrefixes;

/// <summary>Which GS1 Company Prefixes belong to which prefixes of this node; in memory, stored before they are seen. What was before is in the audit.</summary>
public sealed class CompanyPrefixes
{
    /// <summary>Most GS1 Company Prefixes of one prefix, those asked for too: a group of companies has some dozens.</summary>
    public const int MostOfPrefix = 1_000;

    private readonly Database database;
    private readonly TimeProvider clock;
    private readonly ConcurrentDictionary<(string Digits, string Prefix), CompanyPrefix> all;
    private readonly ConcurrentDictionary<string, string> active;
    private readonly ConcurrentDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> lookup;

    // One change at a time, so that no two prefixes get the same digits.
    private readonly Lock gate = new();

    public CompanyPrefixes(Database database, TimeProvider clock)
    {
        (this.database, this.clock) = (database, clock);
        database.Migrate(
            "identifiers.company-prefixes",
            """
            CREATE TABLE company_prefix (
                digits TEXT NOT NULL, prefix TEXT NOT NULL, state INTEGER NOT NULL, why TEXT, by TEXT NOT NULL, changed INTEGER NOT NULL,
                PRIMARY KEY (digits, prefix)) WITHOUT ROWID;
            CREATE UNIQUE INDEX company_prefix_active ON company_prefix (digits) WHERE state = 1
            """);
        var rows = database.Read(store => store.Query<Row>("SELECT digits, prefix, state, why, by, changed FROM company_prefix").Select(row => row.ToCompanyPrefix()).ToList());
        all = new(rows.Select(row => KeyValuePair.Create((row.Digits, row.Prefix), row)));
        active = new(rows.Where(row => row.State == CompanyPrefixState.Active).Select(row => KeyValuePair.Create(row.Digits, row.Prefix)), StringComparer.Ordinal);
        lookup = active.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public ICollection<CompanyPrefix> All => all.Values;

    public CompanyPrefix? Find(string digits, string prefix) => all.GetValueOrDefault((digits, prefix));

    /// <summary>The prefix of this node below which a GS1 key is an identifier: that of the longest digits with which its company part begins; null for none.</summary>
    public string? PrefixOf(Gs1Element key)
    {
        var digits = CompanyPart(key);
        for (var length = Math.Min(digits.Length, CompanyPrefix.MostDigits); length > 0; length--)
        {
            if (lookup.TryGetValue(digits[..length], out var prefix))
            {
                return prefix;
            }
        }

        return null;
    }

    /// <summary>
    /// Digits of the GS1 Company Prefix of keys that begin so: of the shortest that fits, since what is longer and fits as well is a beginning of its keys.
    /// Null for none.
    /// </summary>
    public int? LengthOf(ReadOnlySpan<char> digits)
    {
        for (var length = CompanyPrefix.FewestDigits; length <= Math.Min(digits.Length, CompanyPrefix.MostDigits); length++)
        {
            if (lookup.ContainsKey(digits[..length]))
            {
                return length;
            }
        }

        return null;
    }

    /// <summary>Stores a change; null where another prefix has the digits, or the prefix has too many.</summary>
    public CompanyPrefix? Save(string digits, string prefix, CompanyPrefixState state, string? why, string by)
    {
        lock (gate)
        {
            if ((state == CompanyPrefixState.Active && active.TryGetValue(digits, out var holder) && holder != prefix) ||
                (Find(digits, prefix) is null && all.Keys.Count(key => key.Prefix == prefix) >= MostOfPrefix))
            {
                return null;
            }

            var saved = new CompanyPrefix(digits, prefix, state, why, by, clock.GetUtcNow());
            database.Write((store, transaction) => store.Execute(
                """
                INSERT INTO company_prefix (digits, prefix, state, why, by, changed) VALUES (@Digits, @Prefix, @state, @Why, @By, @changed)
                ON CONFLICT (digits, prefix) DO UPDATE SET state = excluded.state, why = excluded.why, by = excluded.by, changed = excluded.changed
                """,
                new { saved.Digits, saved.Prefix, state = (int)state, saved.Why, saved.By, changed = saved.Changed.ToUnixTimeMilliseconds() },
                transaction));
            Show(saved);
            return saved;
        }
    }

    /// <summary>Takes one away: its keys are no identifiers any more.</summary>
    public void Remove(CompanyPrefix gone)
    {
        lock (gate)
        {
            database.Write((store, transaction) => store.Execute("DELETE FROM company_prefix WHERE digits = @Digits AND prefix = @Prefix", gone, transaction));
            all.TryRemove((gone.Digits, gone.Prefix), out _);
            active.TryRemove(KeyValuePair.Create(gone.Digits, gone.Prefix));
        }
    }

    private void Show(CompanyPrefix saved)
    {
        all[(saved.Digits, saved.Prefix)] = saved;
        if (saved.State == CompanyPrefixState.Active)
        {
            active[saved.Digits] = saved.Prefix;
        }
        else
        {
            active.TryRemove(KeyValuePair.Create(saved.Digits, saved.Prefix));
        }
    }

    // General Specifications, 1.4.4: the GS1 Company Prefix stands at the beginning of a key, behind the indicator of a GTIN, the extension
    // digit of an SSCC and the zero of a GRAI.
    private static ReadOnlySpan<char> CompanyPart(Gs1Element key)
    {
        var at = 0;
        foreach (var part in ApplicationIdentifier.Find(key.Identifier)?.Parts ?? [])
        {
            if (part.Checks.Contains(ContentCheck.CompanyPrefix) || part.Checks.Contains(ContentCheck.CompanyPrefixSecond))
            {
                return key.Value.AsSpan(at + (part.Checks.Contains(ContentCheck.CompanyPrefixSecond) ? 1 : 0));
            }

            at += part.Longest;
        }

        return [];
    }

    private sealed record Row(string Digits, string Prefix, long State, string? Why, string By, long Changed)
    {
        public CompanyPrefix ToCompanyPrefix() => new(Digits, Prefix, (CompanyPrefixState)State, Why, By, DateTimeOffset.FromUnixTimeMilliseconds(Changed));
    }
}
