using System.Text;
using Dapper;
using Jingwei.Ledger.Merkle;
using Jingwei.Ledger.Proofs;
using Jingwei.Server;
using Jingwei.Server.Cases;
using Jingwei.Server.Identifiers.Registration;
using Jingwei.Server.Identifiers.Registry;
using Jingwei.Server.Transparency;

namespace Jingwei.Tests.Transparency;

public sealed class ServerLedgerTests : IDisposable
{
    private readonly string folder = System.IO.Directory.CreateTempSubdirectory("jingwei-ledger-").FullName;
    private readonly ManualTime time = new(new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero));
    private readonly ServerOptions options;
    private readonly Database database;
    private IdentifierStore identifiers;
    private ServerLedger ledger;
    private int written;

    public ServerLedgerTests()
    {
        options = new(folder, new(0, 0), new(0, 0), null, null) { Identifiers = new() { CacheBytes = 1 << 20, HotBytes = 1 << 20 } };
        database = new(options.DatabaseFile);
        database.Migrate("test.cases", "CREATE TABLE case_event (position INTEGER PRIMARY KEY, case_id TEXT, seq INTEGER, link BLOB NOT NULL)");
        (identifiers, ledger) = Open();
    }

    public void Dispose()
    {
        ledger.Dispose();
        identifiers.Dispose();
        database.Dispose();
        System.IO.Directory.Delete(folder, true);
    }

    [Fact]
    public void It_holds_every_write_of_every_source_once_and_in_order_through_any_number_of_starts()
    {
        var random = new Random(5);
        var events = 0;
        for (var start = 0; start < 6; start++)
        {
            for (var turn = random.Next(6); turn > 0; turn--)
            {
                Write(random.Next(40));
                AddEvents(ref events, random.Next(40));
                if (random.Next(3) > 0)
                {
                    Follow();
                }

                if (random.Next(2) == 0)
                {
                    ledger.Publish();
                }
            }

            Restart();
        }

        Follow();
        var size = ledger.Publish().Checkpoint.Size;
        Assert.Equal(written + events, size);
        var entries = Enumerable.Range(0, (int)size).Select(leaf => LedgerEntry.Read(ledger.Reader.ReadEntry(leaf, size))!.Value).ToList();
        Assert.Equal(Enumerable.Range(1, written).Select(number => (ulong)number), entries.Where(entry => entry.Source == LedgerSourceKind.Identifiers).Select(entry => entry.Sequence));
        Assert.Equal(Enumerable.Range(1, events).Select(number => (ulong)number), entries.Where(entry => entry.Source == LedgerSourceKind.Cases).Select(entry => entry.Sequence));
        Assert.All(entries.Where(entry => entry.Source == LedgerSourceKind.Cases), entry => Assert.Equal(LinkOf((int)entry.Sequence), entry.Commitment.ToArray()));
    }

    [Fact]
    public void What_was_appended_and_not_noted_is_found_by_the_next_start()
    {
        Write(10);
        Follow();
        ledger.Publish();
        // As after an end between the ledger's sync and the note of where it is.
        database.Write((store, transaction) => store.Execute("DELETE FROM ledger_run", transaction: transaction));
        Restart();
        Write(5);
        Follow();
        Assert.Equal(15, ledger.Publish().Checkpoint.Size);
        Assert.NotNull(ledger.Prove(LedgerSourceKind.Identifiers, 15));
        Assert.NotNull(ledger.Prove(LedgerSourceKind.Identifiers, 1));
        Assert.Null(ledger.Prove(LedgerSourceKind.Identifiers, 16));
        Assert.Null(ledger.Prove(LedgerSourceKind.Cases, 1));
    }

    [Fact]
    public void It_goes_on_by_itself_where_the_store_did_not_take_the_note_of_what_was_appended()
    {
        Write(10);
        database.Write((store, transaction) => store.Execute(
            "CREATE TRIGGER full BEFORE INSERT ON ledger_run BEGIN SELECT RAISE(ABORT, 'the disk is full'); END", transaction: transaction));
        Assert.Throws<Microsoft.Data.Sqlite.SqliteException>(() => ledger.Follow());
        Assert.Throws<Microsoft.Data.Sqlite.SqliteException>(ledger.Reopen);
        database.Write((store, transaction) => store.Execute("DROP TRIGGER full", transaction: transaction));
        ledger.Reopen();
        Write(5);
        Follow();
        Assert.Equal(15, ledger.Publish().Checkpoint.Size);
        Assert.Equal(
            Enumerable.Range(1, 15).Select(number => (ulong)number),
            Enumerable.Range(0, 15).Select(leaf => LedgerEntry.Read(ledger.Reader.ReadEntry(leaf, 15))!.Value.Sequence));
    }

    [Fact]
    public void A_ledger_that_lost_entries_is_not_gone_on_with()
    {
        Write(10);
        Follow();
        ledger.Publish();
        ledger.Dispose();
        System.IO.Directory.Delete(options.LedgerFolder, true);
        var fault = Assert.Throws<CannotStartException>(() => new ServerLedger(options, new(database), Sources(identifiers), time));
        Assert.Contains("had 10", fault.Message, StringComparison.Ordinal);
        System.IO.Directory.Delete(options.LedgerFolder, true);
        database.Write((store, transaction) => store.Execute("DELETE FROM ledger_run", transaction: transaction));
        ledger = new(options, new(database), Sources(identifiers), time);
    }

    [Fact]
    public void A_proof_verifies_by_itself_and_only_of_what_it_is_of()
    {
        Write(300);
        Follow();
        ledger.Publish();
        var (proof, entry) = ledger.Prove(LedgerSourceKind.Identifiers, 100)!.Value;
        var policy = LogPolicy.Read(Encoding.UTF8.GetBytes($"log {ledger.Key}\nquorum none\n"));
        Assert.Null(policy.Problem);
        var read = LogProof.Read(proof.ToBytes()).Value!;
        Assert.Null(read.Check(MerkleHash.Leaf(entry.Span), policy.Value!));
        Assert.NotNull(read.Check(MerkleHash.Leaf(ledger.Prove(LedgerSourceKind.Identifiers, 101)!.Value.Entry.Span), policy.Value!));
    }

    [Fact]
    public void The_key_is_its_owners_alone_and_the_name_stays()
    {
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(folder, LedgerKeys.PrivateFile)));
        }

        var name = ledger.Key.Name;
        Restart();
        Assert.Equal(name, ledger.Key.Name);
        Assert.Equal(ledger.Key.ToString(), File.ReadAllText(Path.Combine(folder, LedgerKeys.PublicFile)).Trim());
        Assert.Throws<CannotStartException>(() => LedgerKeys.Open(folder, "another/name"));
    }

    [Fact]
    public void The_files_are_sound_and_what_the_store_says_otherwise_is_told()
    {
        var events = 0;
        AddEvents(ref events, 20);
        Write(20);
        Follow();
        ledger.Publish();
        Assert.Empty(database.Read(store => LedgerCheck.Run(folder, store).Altered));
        database.Write((store, transaction) => store.Execute("UPDATE case_event SET link = zeroblob(32) WHERE position = 7", transaction: transaction));
        Assert.Equal([7L], database.Read(store => LedgerCheck.Run(folder, store).Altered).Select(row => row.Position!.Value));

        var tile = Path.Combine(options.LedgerFolder, "tile", "entries", "000.p", "40");
        var bytes = File.ReadAllBytes(tile);
        bytes[^1] ^= 1;
        File.WriteAllBytes(tile, bytes);
        Assert.Contains(database.Read(store => LedgerCheck.Run(folder, store).Altered), row => row.Table == "ledger");
    }

    [Theory]
    [InlineData(IdentifierCheck.EntriesTogether)]
    [InlineData(7)]
    public void Every_version_is_held_to_its_entry_and_every_entry_to_a_version(int together)
    {
        Write(20);
        Write(20, from: 0);
        Follow();
        ledger.Publish();
        // On their way into the ledger; the server runs.
        Write(3);
        Assert.Empty(Check(together));

        identifiers.Dispose();
        using (var store = new OrderedStore(options.IdentifiersFolder, new(1 << 20, "current", "history", "log", "counts")))
        {
            Alter(store, "current", "p/3"u8, "p/3"u8, bytes => bytes[^1] ^= 1);
            Alter(store, "history", "p/4\0\0\0\0\u0001"u8, "p/4\0\0\0\0\u0001"u8, bytes => bytes[^1] ^= 1);
            Alter(store, "current", "p/5"u8, "p/x"u8, _ => { });
            // Sequence is the second of the numbers behind the format, the flags and the count.
            Alter(store, "current", "p/22"u8, "p/y"u8, bytes => bytes[4] = 99);
            using var gone = new RocksDbSharp.WriteBatch();
            gone.Delete("p/6"u8.ToArray(), store.Family("current"));
            gone.Put("p/z"u8, new ReadOnlySpan<byte>([9]), store.Family("current"));
            store.Await(store.Commit(gone));
        }

        Assert.Equal(
            [
                "24 p/3, version 2: the ledger says otherwise",
                "26 p/x, version 2: another version has the number of its write",
                "27 the ledger has an entry of this write, and there is no version",
                "5 p/4, version 1: the ledger says otherwise",
                "99 p/y, version 1: the ledger has no entry of it",
                " p/z: a version cannot be read",
            ],
            Check(together).Select(row => $"{row.Position} {row.What}").OrderBy(line => line.TrimStart(), StringComparer.Ordinal));
        identifiers = new(IdentifierStore.Open(options), options.Identifiers, new(), new(database), time);
    }

    private IReadOnlyList<AlteredRow> Check(int together) =>
        database.Read(store => IdentifierCheck.Run(folder, ledger.Reader, ledger.Published.Checkpoint.Size, store, together));

    private static void Alter(OrderedStore store, string family, ReadOnlySpan<byte> from, ReadOnlySpan<byte> to, Action<byte[]> change)
    {
        byte[] bytes;
        using (var found = store.Get(store.Family(family), from))
        {
            bytes = found.Value.ToArray();
        }

        change(bytes);
        using var batch = new RocksDbSharp.WriteBatch();
        batch.Put(to.ToArray(), bytes, store.Family(family));
        store.Await(store.Commit(batch));
    }

    private void Follow()
    {
        while (ledger.Follow())
        {
        }
    }

    // From a number: what is there is changed.
    private void Write(int count, int? from = null)
    {
        using var batch = new RegistrationBatch();
        for (var name = from ?? written; count > 0; count--, name++, written = Math.Max(written, name))
        {
            var row = new RowWriter();
            row.Begin();
            Assert.Null(row.Name(Encoding.UTF8.GetBytes($"p/{name}")));
            Assert.Null(row.Value(1, "T"u8, Encoding.UTF8.GetBytes($"{name} from {from}"), 60, null));
            row.AddTo(batch, WriteMode.Put, 0);
        }

        identifiers.Write(batch, "tester");
    }

    private void AddEvents(ref int events, int count)
    {
        var from = events;
        events += count;
        database.Write((store, transaction) => store.Execute(
            "INSERT INTO case_event (position, case_id, seq, link) VALUES (@position, 'c', @position, @link)",
            Enumerable.Range(from + 1, count).Select(position => new { position, link = LinkOf(position) }),
            transaction));
    }

    private static byte[] LinkOf(int position) => System.Security.Cryptography.SHA256.HashData(BitConverter.GetBytes(position));

    private void Restart()
    {
        ledger.Dispose();
        identifiers.Dispose();
        (identifiers, ledger) = Open();
    }

    private (IdentifierStore Identifiers, ServerLedger Ledger) Open()
    {
        var store = new IdentifierStore(IdentifierStore.Open(options), options.Identifiers, new(), new(database), time);
        return (store, new(options, new(database), Sources(store), time));
    }

    // Cases by a table of the test's own: what the ledger needs of them is their order and their links.
    private LedgerSource[] Sources(IdentifierStore store) =>
    [
        LedgerSource.Identifiers(store),
        new(
            LedgerSourceKind.Cases,
            (after, visit) =>
            {
                foreach (var (position, link) in database.Read(rows => rows.Query<(long Position, byte[] Link)>(
                    "SELECT position, link FROM case_event WHERE position > @after ORDER BY position LIMIT 7", new { after = (long)after }).AsList()))
                {
                    if (!visit((ulong)position, link))
                    {
                        return;
                    }
                }
            },
            database.Settle,
            _ => { }),
    ];
}
