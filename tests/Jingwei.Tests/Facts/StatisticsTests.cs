using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Jingwei.Server.Access;
using Jingwei.Server.Access.Agreements;

namespace Jingwei.Tests.Facts;

/// <summary>Figures over parties that agreed to be counted: right by hand, and silent about small groups.</summary>
public sealed class StatisticsTests : IAsyncLifetime
{
    private const string Class = "https://id.gs1.org/01/09520002000101";
    private readonly FactWorld world = new();

    public async ValueTask InitializeAsync()
    {
        await world.InitializeAsync();
        world.Access.Get<Parties>().Add(new Party("union", "协会", "root", "Asia/Shanghai"));
        world.Access.AddUser("association", Role.Viewer, "union");
    }

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task A_yield_is_that_of_the_first_inspection_over_all_who_agreed()
    {
        Agree("plant", "union", statistics: true);
        await world.CaptureAsync("engineer", [.. Enumerable.Range(0, 20).Select(each => Inspected(each, each < 15 ? "conformant" : "non_conformant", each)), Inspected(19, "conformant", 50)]);
        await world.CaptureAsync("outsider", [.. Enumerable.Range(100, 20).Select(each => Inspected(each, "non_conformant", each))]);
        var yield = await FiguresAsync("measure=yield&by=party");
        var group = Assert.Single(yield["groups"]!.AsArray())!;
        Assert.Equal(("plant", "一厂", 20, 0.75), ((string?)group["key"], (string?)group["name"], (int)group["objects"]!, (double)group["value"]!));

        Agree("plan", "union", statistics: true);
        Assert.Equal([("plan", 0.0), ("plant", 0.75)], Values(await FiguresAsync("measure=yield&by=party")));
        Assert.Equal([(Class, 0.375)], Values(await FiguresAsync("measure=yield&by=product")));
        // Counted, not shown.
        Assert.Empty(await world.EventsAsync("association", "/epcis/events"));
    }

    [Fact]
    public async Task A_small_cell_counts_in_no_figure_so_that_none_is_found_by_difference()
    {
        Agree("plant", "union", statistics: true);
        await world.CaptureAsync("engineer", [.. Enumerable.Range(0, 12).Select(each => Inspected(each, "conformant", each))]);
        await world.CaptureAsync("engineer", [.. Enumerable.Range(20, 9).Select(each => Inspected(each, "non_conformant", each, "2026-02"))]);
        var all = await FiguresAsync("measure=yield&by=party");
        Assert.Equal([("plant", 1.0)], Values(all));
        Assert.Equal(1, (int)all["refused"]!);
        Assert.Equal([("2026-03", 12.0)], Values(await FiguresAsync("measure=events&by=month")));
        Assert.Empty(Values(await FiguresAsync($"measure=events&by=month&product={Uri.EscapeDataString(Class + "/21/1")}")));
    }

    [Fact]
    public async Task An_event_counts_once_for_the_product_that_it_makes()
    {
        Agree("plant", "union", statistics: true);
        await world.CaptureAsync("engineer", [.. Enumerable.Range(0, 12).Select(each =>
            $$"""
            {"type":"TransformationEvent","eventTime":"2026-03-01T08:00:{{each:00}}Z","eventTimeZoneOffset":"+08:00","bizStep":"assembling",
            "inputEPCList":["urn:epc:id:sgtin:9520002.000020.{{each}}"],"outputEPCList":["urn:epc:id:sgtin:9520002.000010.{{each}}"]}
            """)]);
        Assert.Equal([("2026-03", 12.0)], Values(await FiguresAsync("measure=events&by=month")));
        Assert.Equal([(Class, 12.0)], Values(await FiguresAsync("measure=events&by=product")));
    }

    [Fact]
    public async Task A_delivery_takes_from_shipping_to_receiving_at_another_party()
    {
        Agree("plant", "union", statistics: true);
        Agree("plan", "union", statistics: true);
        await world.CaptureAsync("engineer", [.. Enumerable.Range(0, 11).Select(each => Event(each, "shipping", null, "2026-03-01T08:00:00Z"))]);
        await world.CaptureAsync("outsider", [.. Enumerable.Range(0, 11).Select(each => Event(each, "receiving", null, each < 6 ? "2026-03-02T08:00:00Z" : "2026-03-05T08:00:00Z"))]);
        Assert.Equal([("plant", 1.0)], Values(await FiguresAsync("measure=lead-time&by=party")));
        var uses = world.Access.Get<AgreementBook>().All.Select(each => world.Access.Get<AgreementUses>().Of(each.Id, 0, 10).Sum(use => use.Rows));
        Assert.Equal([11, 11], uses);
    }

    [Theory]
    [InlineData("yield")]
    [InlineData("lead-time")]
    public async Task The_figures_of_a_month_are_the_same_whatever_months_are_asked_for_with_it(string measure)
    {
        Agree("plant", "union", statistics: true);
        Agree("plan", "union", statistics: true);
        await world.CaptureAsync("engineer", [Inspected(0, "non_conformant", 0, "2026-01"), .. Enumerable.Range(0, 12).Select(each => Inspected(each, "conformant", each, "2026-02"))]);
        await world.CaptureAsync("engineer", [.. Enumerable.Range(0, 12).Select(each => Event(each, "shipping", null, "2026-02-20T08:00:00Z"))]);
        await world.CaptureAsync("outsider", [.. Enumerable.Range(0, 12).Select(each => Event(each, "receiving", null, each == 0 ? "2026-03-01T08:00:00Z" : "2026-02-22T08:00:00Z"))]);
        var alone = await OfFebruaryAsync("from=2026-02&to=2026-02");
        Assert.Equal(12, (int)alone["objects"]!);
        foreach (var months in new[] { "from=2026-01&to=2026-02", "from=2026-02&to=2026-03", "from=2026-01&to=2026-03" })
        {
            Assert.Equal(alone.ToJsonString(), (await OfFebruaryAsync(months)).ToJsonString());
        }

        async Task<JsonNode> OfFebruaryAsync(string months) =>
            (await world.GetAsync("association", $"/api/facts/statistics?measure={measure}&{months}")).Json["groups"]!.AsArray().Single(group => (string)group!["key"]! == "2026-02")!;
    }

    [Fact]
    public async Task Who_did_not_agree_is_not_counted_and_bad_questions_are_refused()
    {
        Agree("plant", "union", statistics: false);
        await world.CaptureAsync("engineer", [.. Enumerable.Range(0, 12).Select(each => Inspected(each, "conformant", each))]);
        var none = await FiguresAsync("measure=events&by=party");
        Assert.Empty(none["groups"]!.AsArray());
        Assert.Equal(0, (int)none["refused"]!);
        foreach (var question in new[] { "from=9999-12&to=9999-12", "from=0001-01", "measure=rows", "by=object", "from=2026-04&to=2026-03", "from=2020-01&to=2026-03", "from=x" })
        {
            Assert.Equal(HttpStatusCode.BadRequest, (await world.GetAsync("association", $"/api/facts/statistics?{question}")).Status);
        }
    }

    private static string Inspected(int serial, string disposition, int second, string month = "2026-03") =>
        Event(serial, "inspecting", disposition, string.Create(CultureInfo.InvariantCulture, $"{month}-01T08:{second / 60:00}:{second % 60:00}Z"));

    private static string Event(int serial, string step, string? disposition, string time) =>
        $$"""
        {"type":"ObjectEvent","eventTime":"{{time}}","eventTimeZoneOffset":"+08:00","epcList":["urn:epc:id:sgtin:9520002.000010.{{serial}}"],"action":"OBSERVE",
        "bizStep":"{{step}}"{{(disposition is null ? "" : $",\"disposition\":\"{disposition}\"")}}}
        """;

    private static IEnumerable<(string, double)> Values(JsonNode figures) => figures["groups"]!.AsArray().Select(group => ((string)group!["key"]!, (double)group["value"]!));

    private async Task<JsonNode> FiguresAsync(string question)
    {
        var answer = await world.GetAsync("association", $"/api/facts/statistics?{question}&from=2026-01&to=2026-03");
        Assert.True(answer.Status == HttpStatusCode.OK, answer.Text);
        return answer.Json;
    }

    // By the book itself: how one is made is another test's.
    private void Agree(string from, string to, bool statistics)
    {
        var now = world.Access.Time.GetUtcNow();
        var terms = new AgreementTerms([], [], [], [], statistics, "benchmark", now.AddYears(1));
        world.Access.Get<AgreementBook>().Add(new(Guid.NewGuid().ToString("N"), from, to, from, terms, null, AgreementState.Accepted, "admin", null, now, now, 1));
    }
}
