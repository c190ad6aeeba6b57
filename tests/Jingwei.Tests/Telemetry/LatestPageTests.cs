using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Jingwei.Server;
using Jingwei.Server.Directory;
using Jingwei.Server.Telemetry;

namespace Jingwei.Tests.Telemetry;

[Collection(EngineTests.Name)]
public sealed class LatestPageTests(EngineFixture engine)
{
    private static readonly long Now = Instant.Of(Bench.Start);

    [Fact]
    public async Task Many_things_come_as_a_page_with_a_cursor()
    {
        await using var bench = await FilledAsync();
        Assert.Equal(
            """{"items":[{"thing":"m1","name":"m1","type":"mill","parent":null,"values":{"temperature":{"value":20.5,"ts":"2026-01-05T08:00:00+00:00","quality":"good","flag":null,"arrived":"2026-01-05T08:00:00+00:00"}}},"""
            + """{"thing":"m2","name":"m2","type":"mill","parent":null,"values":{}}],"next":"bTI"}""",
            await WriteAsync(bench, csv: false, limit: 2));
    }

    // RFC 4180, 2.7: a quote in a cell is written twice.
    [Fact]
    public async Task Many_things_come_as_rows_with_their_values_as_json_in_one_cell()
    {
        await using var bench = await FilledAsync();
        Assert.Equal(
            "\uFEFFthing,name,type,parent,values\r\n"
            + "m1,m1,mill,,\"{\"\"temperature\"\":{\"\"value\"\":20.5,\"\"ts\"\":\"\"2026-01-05T08:00:00+00:00\"\",\"\"quality\"\":\"\"good\"\",\"\"flag\"\":null,"
            + "\"\"arrived\"\":\"\"2026-01-05T08:00:00+00:00\"\"}}\"\r\n"
            + "m2,m2,mill,,{}\r\nm3,m3,mill,,{}\r\n",
            await WriteAsync(bench, csv: true, limit: 10));
    }

    [Fact]
    public async Task Names_are_quoted_and_formulas_in_them_disarmed()
    {
        await using var bench = await FilledAsync();
        bench.Things.TryGet("m2", out var thing);
        await bench.Things.UpdateAsync(thing! with { Name = "=say \"主轴\", 1" }, ThingAuthor.System, CancellationToken.None);
        Assert.Contains("\r\nm2,\"'=say \"\"主轴\"\", 1\",mill,,{}\r\n", await WriteAsync(bench, csv: true, limit: 10), StringComparison.Ordinal);
    }

    // As the rest of the API writes them.
    [Theory]
    [InlineData("0.0")]
    [InlineData("-0.0")]
    [InlineData("-17.0")]
    [InlineData("0.1")]
    [InlineData("999999999999999.0")]
    [InlineData("1e15")]
    [InlineData("-1e15")]
    [InlineData("1e16")]
    [InlineData("1e300")]
    public async Task Numbers_are_written_as_the_serializer_writes_them(string text)
    {
        // As text, because 0 and -0 are equal and yet not the same.
        var number = double.Parse(text, CultureInfo.InvariantCulture);
        var written = await TextAsync(json =>
        {
            json.Number(number);
            return json.FlushAsync(CancellationToken.None).AsTask();
        });

        Assert.Equal(JsonSerializer.Serialize(number), written);
    }

    private async Task<Bench> FilledAsync()
    {
        var bench = await Bench.StartAsync(engine);
        await bench.StoreAsync("m1", $$"""{"ts":{{Now / 1000}},"values":{"temperature":20.5,"produced":7} }""");
        return bench;
    }

    private static Task<string> WriteAsync(Bench bench, bool csv, int limit) => TextAsync(json =>
    {
        var page = new LatestPage(json, bench.Series, bench.Packs.Current, "temperature");
        var things = bench.Things.InOrder(null).ToArray();
        return csv ? page.WriteCsvAsync(things, limit, CancellationToken.None) : page.WriteAsync(things, limit, CancellationToken.None);
    });

    private static async Task<string> TextAsync(Func<JsonStream, Task> write)
    {
        using var bytes = new MemoryStream();
        var output = PipeWriter.Create(bytes);
        using (var json = new JsonStream(output))
        {
            await write(json);
        }

        await output.FlushAsync(CancellationToken.None);
        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}
