using Dapper;
using Jingwei.Server;
using Jingwei.Server.Access.Agreements;
using Jingwei.Server.Cases;
using Jingwei.Server.Transparency;

namespace Jingwei.Tests.Transparency;

/// <summary>Agreements in the ledger: each change once and in order, and what was altered behind the server's back is found.</summary>
public sealed class AgreementCheckTests : IDisposable
{
    private readonly string folder = System.IO.Directory.CreateTempSubdirectory("jingwei-agreement-check-").FullName;
    private readonly ManualTime time = new(new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero));
    private readonly Database database;
    private readonly AgreementBook book;
    private readonly ServerLedger ledger;

    public AgreementCheckTests()
    {
        var options = new ServerOptions(folder, new(0, 0), new(0, 0), null, null);
        database = new(options.DatabaseFile);
        database.Migrate("cases", CaseHistory.Schema);
        book = new(database, new(database), time);
        ledger = new(options, new(database), [LedgerSource.Agreements(book, database)], time);
        var now = time.GetUtcNow();
        foreach (var id in new[] { "a", "b" })
        {
            book.Add(new(id, "one", "other", "one", new([], [], ["*"], [], false, "test", now.AddDays(1)), null, AgreementState.Proposed, "admin", null, now, now, 1));
        }

        book.Change("a", null, AgreementStep.Accept, "admin", "other", null);
        while (ledger.Follow())
        {
        }

        ledger.Publish();
    }

    public void Dispose()
    {
        ledger.Dispose();
        database.Dispose();
        System.IO.Directory.Delete(folder, true);
    }

    [Fact]
    public void Every_change_has_its_entry()
    {
        Assert.Equal(3, ledger.Size);
        Assert.Empty(Check());
        Assert.Equal(3, database.Read(store => LedgerCheck.Run(folder, store).Entries));
    }

    [Fact]
    public void An_altered_and_a_missing_change_are_found()
    {
        database.Write((store, transaction) =>
        {
            store.Execute("DROP TRIGGER agreement_change_stays; DROP TRIGGER agreement_change_stands", transaction: transaction);
            store.Execute("UPDATE agreement_change SET content = replace(content, 'test', 'sale') WHERE position = 1", transaction: transaction);
            store.Execute("DELETE FROM agreement_change WHERE position = 3", transaction: transaction);
        });
        Assert.Equal([(1L, "entry 0 of the ledger says otherwise"), (3L, "entry 2 of the ledger has no row")], Check().Select(row => (row.Position!.Value, row.What)));
    }

    [Fact]
    public void A_change_that_nobody_made_is_found()
    {
        database.Write((store, transaction) => store.Execute(
            "INSERT INTO agreement_change SELECT 0, 'c', version, party, salt, content FROM agreement_change WHERE position = 1", transaction: transaction));
        Assert.Equal([(0L, "it has no entry in the ledger")], Check().Select(row => (row.Position!.Value, row.What)));
    }

    private IReadOnlyList<AlteredRow> Check() => database.Read(store => LedgerCheck.Run(folder, store).Altered);
}
