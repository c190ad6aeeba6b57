using System.Collections.Concurrent;
using Dapper;

namespace Jingwei.Server.Access.Agreements;

/// <summary>The cases in which requests for agreements are handled; written by who opens them.</summary>
public sealed class AgreementCaseLinks
{
    private readonly Database database;
    private readonly ConcurrentDictionary<string, string> all;

    public AgreementCaseLinks(Database database)
    {
        this.database = database;
        database.Migrate("access.agreement_cases", "CREATE TABLE agreement_case (agreement TEXT PRIMARY KEY, case_id TEXT NOT NULL) WITHOUT ROWID");
        all = new(
            database.Read(store => store.Query<(string Agreement, string Case)>("SELECT agreement, case_id FROM agreement_case").AsList())
                .Select(row => KeyValuePair.Create(row.Agreement, row.Case)),
            StringComparer.Ordinal);
    }

    public string? CaseOf(string agreement) => all.GetValueOrDefault(agreement);

    public void Add(string agreement, string @case)
    {
        database.Write((store, transaction) => store.Execute(
            "INSERT INTO agreement_case (agreement, case_id) VALUES (@agreement, @case) ON CONFLICT DO NOTHING", new { agreement, @case }, transaction));
        all.TryAdd(agreement, @case);
    }
}
