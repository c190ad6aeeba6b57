using Dapper;
using Jingwei.Server;
using Jingwei.Server.Notifications.Inbox;
using Jingwei.Tests.Access;

namespace Jingwei.Tests.Root;

public sealed class RowMapTests
{
    private const string Sql = "SELECT name, count(*) AS many, EXISTS (SELECT 1) AS there, NULL AS missing FROM (SELECT 'a' AS name UNION ALL SELECT 'a') WHERE name = @name GROUP BY name";

    [Theory]
    [InlineData("b", 0)]
    [InlineData("a", 1)]
    public void Computed_columns_are_read_with_rows_and_without(string name, int count)
    {
        var file = Path.GetTempFileName();
        using (var database = new Database(file))
        {
            var rows = database.Read(store => store.Query<Row>(Sql, new { name }).AsList());
            Assert.Equal(count, rows.Count);
            Assert.All(rows, row => Assert.Equal(new Row("a", 2, 1, null), row));
        }

        File.Delete(file);
    }

    [Fact]
    public async Task A_list_of_nothing_is_an_empty_list()
    {
        await using var world = await AccessWorld.StartAsync();
        Assert.Empty((await world.GetAsync(world.Session("engineer"), "/api/command-batches")).Ids);
        Assert.Empty(world.Get<NoticeBook>().Recipients(1));
    }

    private sealed record Row(string Name, long Many, long There, string? Missing);
}
