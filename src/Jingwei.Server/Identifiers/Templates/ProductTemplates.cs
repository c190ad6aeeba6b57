using System.Collections.Concurrent;
using System.Text.Json;
using Dapper;
using Jingwei.Server.Access;
using Jingwei.Server.Identifiers.Registration;
using Jingwei.Server.Identifiers.Registry;

namespace Jingwei.Server.Identifiers.Templates;

/// <summary>The templates of product classes, with all their versions.</summary>
internal sealed class ProductTemplates
{
    private readonly Database database;
    private readonly NameBook names;
    private readonly TimeProvider clock;
    private readonly ConcurrentDictionary<string, TemplateCheck> all;

    // One change at a time, so that memory and store take changes in the same order.
    private readonly Lock gate = new();

    public ProductTemplates(Database database, NameBook names, TimeProvider clock)
    {
        (this.database, this.names, this.clock) = (database, names, clock);
        database.Migrate(
            "identifiers.templates",
            """
            CREATE TABLE identifier_template (
                id TEXT NOT NULL, version INTEGER NOT NULL, at INTEGER NOT NULL, by TEXT NOT NULL, content TEXT NOT NULL, PRIMARY KEY (id, version)) WITHOUT ROWID
            """);
        all = new(
            database.Read(store => store.Query<string>(
                    """
                    SELECT content FROM identifier_template AS each
                    WHERE version = (SELECT max(version) FROM identifier_template AS newer WHERE newer.id = each.id)
                    """)
                .Select(content => JsonSerializer.Deserialize<ProductTemplate>(content)!)
                .Select(template => KeyValuePair.Create(template.Id, new TemplateCheck(template))).ToList()),
            StringComparer.Ordinal);
    }

    public IEnumerable<ProductTemplate> All => all.Values.Select(check => check.Template);

    public ProductTemplate? Find(string id) => all.GetValueOrDefault(id)?.Template;

    /// <summary>Stores a template; null where the caller has not seen its newest version.</summary>
    public ProductTemplate? Save(ProductTemplate template, long? seen, string by)
    {
        lock (gate)
        {
            var before = Find(template.Id)?.Version ?? 0;
            if (seen is not null && seen != before)
            {
                return null;
            }

            var saved = template with { By = by, At = clock.GetUtcNow(), Version = before + 1 };
            database.Write((store, transaction) => store.Execute(
                "INSERT INTO identifier_template (id, version, at, by, content) VALUES (@Id, @Version, @at, @By, @content)",
                new { saved.Id, saved.Version, at = saved.At.ToUnixTimeMilliseconds(), saved.By, content = JsonSerializer.Serialize(saved) },
                transaction));
            all[saved.Id] = new(saved);
            return saved;
        }
    }

    /// <summary>What is wrong with a row's values by the template that it names; its number in records otherwise.</summary>
    /// <param name="party">Where the party stands whose identifier it is: a template is its own, or one of a party above it.</param>
    public RowFault? Check(string? template, TreePath party, RowWriter row, out uint number)
    {
        number = 0;
        if (template is null)
        {
            return null;
        }

        if (!all.TryGetValue(template, out var check) || !party.Covers(check.Template.Party))
        {
            return new("unknown-template", $"There is no template \"{template}\".");
        }

        number = names.NumberOf(template);
        return check.FaultOf(row.Values) is { } detail ? new("against-template", detail) : null;
    }
}
