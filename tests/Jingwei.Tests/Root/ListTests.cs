using System.Net;
using Jingwei.Server;
using Jingwei.Tests.Access;

namespace Jingwei.Tests.Root;

/// <summary>Pages and CSV, as every list delivers them.</summary>
public sealed class ListTests : IAsyncLifetime
{
    private AccessWorld world = null!;

    public async ValueTask InitializeAsync() => world = await AccessWorld.StartAsync();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public void Pages_end_where_the_list_does()
    {
        string[] all = ["a", "b", "c", "d"];
        var first = Page.Cut(all, item => item, new PageRequest(null, 2));
        Assert.Equal(["a", "b"], first.Items);
        Assert.Equal(PageRequest.Encode("b"), first.Next);
        var second = Page.Cut(all, item => item, new PageRequest("b", 2));
        Assert.Equal(["c", "d"], second.Items);
        Assert.Null(second.Next);
        Assert.Empty(Page.Cut(all, item => item, new PageRequest("d", 2)).Items);
        // What the cursor named has gone: the list goes on after its place.
        Assert.Equal(["d"], Page.Cut(all, item => item, new PageRequest("cc", 2)).Items);
    }

    [Theory]
    [InlineData("limit=0", 1)]
    [InlineData("limit=-5", 1)]
    [InlineData("limit=2", 2)]
    [InlineData("limit=many", 3)]
    [InlineData("limit=999999999999", 3)]
    [InlineData("cursor=***", 3)]
    [InlineData("cursor=%00", 3)]
    public async Task A_limit_is_kept_within_reason(string query, int count)
    {
        foreach (var id in new[] { "m-1", "m-2", "m-3" })
        {
            await world.AddThingAsync(id);
        }

        var page = await world.GetAsync(world.Session("viewer"), $"/api/things?{query}");
        Assert.Equal((HttpStatusCode.OK, count), (page.Status, page.Ids.Count));
    }

    [Fact]
    public async Task Csv_quotes_disarms_formulas_and_begins_with_a_byte_order_mark()
    {
        var engineer = world.Session("engineer");
        string[] names = ["=1+1", "+1", "-1", "@x", "\tx", "say \"hi\", all", "two\nlines", "主轴"];
        for (var number = 0; number < names.Length; number++)
        {
            var body = new System.Text.Json.Nodes.JsonObject { ["id"] = $"m-{number}", ["type"] = "machine", ["party"] = "plant", ["name"] = names[number] };
            Assert.Equal(HttpStatusCode.Created, (await world.PostAsync(engineer, "/api/things", body.ToJsonString())).Status);
        }

        var csv = await world.GetAsync(engineer, "/api/things?format=csv&limit=1");
        Assert.Equal("text/csv; charset=utf-8", csv.ContentType);
        Assert.StartsWith("\ufeffid,type,typeName,name,party,region,parent,gateway,connected,", csv.Text, StringComparison.Ordinal);
        string[] written = ["'=1+1", "'+1", "'-1", "'@x", "'\tx", "\"say \"\"hi\"\", all\"", "\"two\nlines\"", "主轴"];
        Assert.All(written.Index(), each => Assert.Contains($"\r\nm-{each.Index},machine,Machine,{each.Item},plant,root,,,false,", csv.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Csv_disarms_the_text_of_labels_too()
    {
        var operators = world.Session("engineer");
        var opened = await world.PostAsync(
            operators, "/api/cases", """{"type":"work-order","party":"plant","title":"=HYPERLINK(\"http://x\")","severity":"red"}""");
        Assert.Equal(HttpStatusCode.Created, opened.Status);
        var csv = await world.GetAsync(operators, "/api/cases?format=csv");
        Assert.DoesNotContain(",=", csv.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(",\"=", csv.Text, StringComparison.Ordinal);
        Assert.Contains(",\"'=HYPERLINK(\"\"http://x\"\")\",\"'=HYPERLINK", csv.Text, StringComparison.Ordinal);
    }
}
