using System.Text;
using Jingwei.Identifiers.Epcis;
using Jingwei.Server;
using Jingwei.Server.Facts.Capture;
using Jingwei.Server.Facts.MasterData;
using Jingwei.Server.Facts.Store;
using Jingwei.Server.Identifiers.Registry;
using Jingwei.Server.Transparency;
using Jingwei.Tests.Facts;

namespace Jingwei.Tests.Transparency;

/// <summary>Facts in the ledger: each once and in order, and what was altered behind the server's back is found.</summary>
public sealed class FactCheckTests : IDisposable
{
    private const int Events = 8;

    private readonly string folder = System.IO.Directory.CreateTempSubdirectory("jingwei-fact-check-").FullName;
    private readonly ManualTime time = new(new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero));
    private readonly Database database;
    private readonly FactStore facts;
    private readonly ServerLedger ledger;

    public FactCheckTests()
    {
        var options = new ServerOptions(folder, new(0, 0), new(0, 0), null, null) { Facts = new() { CacheBytes = 1 << 20 } };
        database = new(options.DatabaseFile);
        facts = new(FactStore.Open(options), time);
        ledger = new(options, new(database), [LedgerSource.Facts(facts)], time);
        Capture(Enumerable.Range(0, Events));
        while (ledger.Follow())
        {
        }

        ledger.Publish();
    }

    public void Dispose()
    {
        ledger.Dispose();
        facts.Dispose();
        database.Dispose();
        System.IO.Directory.Delete(folder, true);
    }

    [Fact]
    public void Every_fact_has_its_entry_and_what_comes_later_is_on_its_way()
    {
        Assert.Equal(Events, ledger.Size);
        Capture([100]);
        Assert.Empty(FactCheck.Run(folder, ledger.Reader, Events));
    }

    [Fact]
    public void An_altered_a_missing_and_an_additional_fact_are_found()
    {
        facts.Dispose();
        using (var store = new OrderedStore(Path.Combine(folder, ServerOptions.FactsName), new(1 << 20, FactStore.Families)))
        {
            var events = store.Family(FactStore.Events);
            using var writes = new RocksDbSharp.WriteBatch();
            byte[] altered;
            using (var found = store.Get(events, Key(2)))
            {
                altered = found.Value.ToArray();
            }

            altered[^5] ^= 1;
            writes.Put(Key(2), altered, events);
            writes.Delete(Key(4), events);
            writes.Put(Key(6), new byte[3], events);
            writes.Delete(Key(Events), events);
            store.Await(store.Commit(writes));
        }

        Assert.Equal(
            [(2L, "entry 1 of the ledger says otherwise"), (4L, "entry 3 of the ledger has no fact"), (6L, "it cannot be read"), (8L, "entry 7 of the ledger has no fact")],
            FactCheck.Run(folder, ledger.Reader, Events).Select(row => (row.Position!.Value, row.What)));
    }

    private static byte[] Key(ulong number)
    {
        var key = new byte[FactKeys.SequenceBytes];
        FactKeys.WriteSequence(key, number);
        return key;
    }

    private void Capture(IEnumerable<int> numbers)
    {
        var capturing = new Capturing(facts, new NameBook(database), new MasterDataBook(database), time);
        using var document = EpcisReader.ReadJson(Encoding.UTF8.GetBytes(FactWorld.Document([.. numbers.Select(number => FactWorld.Observed($"urn:x:check:{number}"))])));
        Assert.True(capturing.Capture(document, "root", "test", false).Success);
    }
}
