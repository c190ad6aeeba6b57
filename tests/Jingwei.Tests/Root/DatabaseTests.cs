using Dapper;
using Jingwei.Server;

namespace Jingwei.Tests.Root;

public sealed class DatabaseTests : IDisposable
{
    private readonly string path = Path.Combine(Path.GetTempPath(), $"jingwei-{Guid.NewGuid():N}.db");
    private Database database;

    public DatabaseTests() => database = new Database(path);

    [Fact]
    public void Each_step_of_a_schema_runs_once_also_after_a_restart()
    {
        database.Migrate("a", "CREATE TABLE t (n INTEGER)", "INSERT INTO t VALUES (1)");
        Reopen();
        database.Migrate("a", "CREATE TABLE t (n INTEGER)", "INSERT INTO t VALUES (1)", "INSERT INTO t VALUES (2)");
        Assert.Equal([1L, 2L], Rows());
    }

    [Fact]
    public void A_step_that_fails_leaves_nothing_and_those_before_it_stay()
    {
        var fault = Assert.ThrowsAny<System.Data.Common.DbException>(() => database.Migrate(
            "a", "CREATE TABLE t (n INTEGER)", "INSERT INTO t VALUES (1); INSERT INTO nowhere VALUES (1)"));
        Assert.Contains("nowhere", fault.Message, StringComparison.Ordinal);
        Assert.Empty(Rows());
        database.Migrate("a", "CREATE TABLE t (n INTEGER)", "INSERT INTO t VALUES (3)");
        Assert.Equal([3L], Rows());
    }

    [Fact]
    public void A_store_of_a_newer_version_is_not_touched()
    {
        database.Migrate("a", "CREATE TABLE t (n INTEGER)", "INSERT INTO t VALUES (1)");
        Assert.Contains("newer version", Assert.Throws<CannotStartException>(() => database.Migrate("a", "CREATE TABLE t (n INTEGER)")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_write_that_throws_leaves_nothing()
    {
        database.Migrate("a", "CREATE TABLE t (n INTEGER)");
        Assert.Throws<InvalidOperationException>(() => database.Write((store, transaction) =>
        {
            store.Execute("INSERT INTO t VALUES (1)", transaction: transaction);
            throw new InvalidOperationException("enough");
        }));
        Assert.Empty(Rows());
        database.Write((store, transaction) => store.Execute("INSERT INTO t VALUES (2)", transaction: transaction));
        Assert.Equal([2L], Rows());
    }

    [Fact]
    public void Foreign_keys_hold()
    {
        database.Migrate("a", "CREATE TABLE above (id TEXT PRIMARY KEY)", "CREATE TABLE t (n TEXT REFERENCES above (id))");
        Assert.ThrowsAny<System.Data.Common.DbException>(() =>
            database.Write((store, transaction) => store.Execute("INSERT INTO t VALUES ('nowhere')", transaction: transaction)));
    }

    [Fact]
    public void A_committed_write_is_there_after_a_restart()
    {
        database.Migrate("a", "CREATE TABLE t (n INTEGER)");
        database.Write((store, transaction) => store.Execute("INSERT INTO t VALUES (7)", transaction: transaction));
        Reopen();
        Assert.Equal([7L], Rows());
    }

    public void Dispose()
    {
        database.Dispose();
        foreach (var file in new[] { path, path + "-wal", path + "-shm" })
        {
            File.Delete(file);
        }
    }

    private void Reopen()
    {
        database.Dispose();
        database = new Database(path);
    }

    private List<long> Rows() => database.Read(store => store.Query<long>("SELECT n FROM t ORDER BY n").AsList());
}
